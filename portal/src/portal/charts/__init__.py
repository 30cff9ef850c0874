"""Charts, drawn on the server as small SVG pictures. Each stands beside a table that says the same: a picture has a
title and a description, its colours are classes of the style sheet, and no number is told by colour alone."""
