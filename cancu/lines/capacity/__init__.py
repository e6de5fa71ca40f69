"""Tiềm lực khoa học và công nghệ: investment projects with stages and money, staff sent to training."""
