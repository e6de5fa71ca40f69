"""The pages that staff see: home, registers, indicators, documents and the report workbench."""
