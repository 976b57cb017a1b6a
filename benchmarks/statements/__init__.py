"""How well bullets are cut into statements, against bullets that were cut by hand."""
