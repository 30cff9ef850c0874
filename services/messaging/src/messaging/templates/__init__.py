"""Templates: the texts of notices, in every language we speak, as files beside this one.

`texts/<template>/<language>.txt` begins with `Subject:` and other headers, then a blank line, then the text. Rendering
knows no logic: `$name` stands for a value, once; a value that looks like a template stays what it is.
"""
