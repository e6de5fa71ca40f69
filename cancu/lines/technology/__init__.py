"""Quản lý công nghệ, thị trường: appraisals of projects, S&T enterprises, their funds, supply-demand links, assessments."""
