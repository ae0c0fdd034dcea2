"""What is learnt on annotated articles; `python -m pipeline.calibration` trains it, see `__main__`."""
