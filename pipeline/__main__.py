"""`python -m pipeline` is `recoupe`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
