"""The register of documents: what was received, issued, drafted or cited, and how documents stand on each other."""
