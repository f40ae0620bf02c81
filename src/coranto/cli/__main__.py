"""`python -m coranto.cli`."""

from coranto.cli import main

main()
