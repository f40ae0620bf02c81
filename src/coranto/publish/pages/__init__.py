"""The record -> what each page says, as records: the HTML page and its JSON twin are made of the same."""
