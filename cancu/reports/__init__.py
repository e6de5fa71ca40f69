"""Reports: sections of Markdown with live nodes, confirmed by units, frozen with their rows, issued once."""
