"""What was trained from `corpora/`: see `README.md` beside this file. Shipped as `pipeline.models`."""
