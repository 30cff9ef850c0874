"""Lists of proposals: filters, orders, pages, and the search for similar ones. It reads; nothing here changes."""
