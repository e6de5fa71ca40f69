"""The one-stop office: dated procedures, dossiers with their clocks, and feedback on procedures."""
