"""The sign-in pages' common parts: words, layout, headers, cookies. Plain HTML, no script."""
