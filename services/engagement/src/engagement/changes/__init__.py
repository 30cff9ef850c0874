"""What a version changed since an earlier one: block by block, word by word, with the annotations at both."""
