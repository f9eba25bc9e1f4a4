"""The results document as one page: tables, and charts as drawings inside it. Nothing is fetched from anywhere."""

from linkage.evaluation.html.page import page, write_page

__all__ = ["page", "write_page"]
