"""Pages -> the explorer in a browser. FastAPI and Jinja2 are imported only in here."""
