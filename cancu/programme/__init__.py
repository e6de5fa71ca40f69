"""The work programme: tasks with the document that ordered them, their deadline, and the result that closed them."""
