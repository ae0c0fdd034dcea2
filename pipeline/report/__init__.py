"""From the tables to what people read: the page (`write`), what records look like in a notebook, and plots."""

from pipeline.report.notebook import article_html, claim_html, comparison_html, show_article
from pipeline.report.page import write
from pipeline.report.plot import plot_fact

__all__ = ["article_html", "claim_html", "comparison_html", "plot_fact", "show_article", "write"]
