"""The document builder of the tests and the sample data: report truths → files of many layouts."""

from tests.builder.build import encode, layouts, write
from tests.builder.truth import ReportTruth, apply, base_report

__all__ = ["ReportTruth", "apply", "base_report", "encode", "layouts", "write"]
