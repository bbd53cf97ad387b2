"""The columns of the frames that rules are checked over; apart from them, so that readers need no pandas."""

from __future__ import annotations

from collections.abc import Mapping

#: Frame → column → dtype. A `str` column may hold missing values; missing is missing, never 0.
#:
#: `reports`, one row per report; the index is the report's number in the run:
#:   role is `report`, `previous` (compared with, not checked) or `parent` (the county's own report);
#:   level is township|department|county|city|province|ministry; edition is that of the labels used
#:   (the year's where no label tells); published is an ISO date; text is False for tidy data, which
#:   holds no text to check.
#: `cells`, one row per cell of the report's form: cell is the address, value a number or missing,
#:   raw the text as it stood, status a `Status`, plain is False where the number had full-width
#:   digits, separators, a sign or a unit; doubt says why a reading is unsure.
#: `sections`, one row per heading found, in the document's order; order counts from 0; key is the
#:   form's section, `preamble` for what stands before the first heading, missing for a heading
#:   that is none of the form's; number and title as printed; text is the section's text, its
#:   paragraphs parted by line breaks, without its table.
#: `observations`, what the reading met in the tables: kind is one of `OBSERVATIONS`.
#: `claims`, one row per figure or denial that the text states (see `audit.claims`): kind is `count`
#:   (a figure), `none` (a denial, value 0), `total` or `part` (of the breakdown `group`), `share` (a
#:   percentage: `base` is what part of `whole`) or `change` (`base` against `whole`, the year before's
#:   figure where the text gives it; down is negative). concept is what is stated: addresses added by
#:   ` + `, alternatives parted by ` | `, `*` for all rows of a group; `published.website` and the like
#:   for parts, `fees.information` (元) for what no table holds. value is in the table's unit;
#:   step is one unit of the last place printed; exact is False for 约, 余, 近; listing of a
#:   breakdown is `all` (the words say these are all parts), `some` or `open` (等); year is the one
#:   the words speak of.
#: `files`, one row per file met: outcome is `audited`, `skipped` or a rule's code (F001 ...).
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "unit": "str",
        "county": "str",
        "level": "str",
        "year": "Int64",
        "edition": "Int64",
        "role": "str",
        "file": "str",
        "part": "str",
        "title": "str",
        "issuer": "str",
        "published": "str",
        "period_from": "str",
        "period_to": "str",
        "text": "bool",
    },
    "cells": {
        "report": "int64",
        "cell": "str",
        "value": "float64",
        "raw": "str",
        "status": "int8",
        "plain": "bool",
        "doubt": "str",
        "location": "str",
    },
    "sections": {
        "report": "int64",
        "order": "int64",
        "key": "str",
        "number": "str",
        "title": "str",
        "text": "str",
        "location": "str",
    },
    "observations": {
        "report": "int64",
        "kind": "str",
        "table": "str",
        "item": "str",
        "text": "str",
        "location": "str",
    },
    "evidence": {
        "report": "int64",
        "about": "str",
        "source": "str",
        "value": "str",
        "text": "str",
        "location": "str",
    },
    "claims": {
        "report": "int64",
        "section": "str",
        "concept": "str",
        "kind": "str",
        "value": "float64",
        "unit": "str",
        "exact": "bool",
        "step": "float64",
        "base": "float64",
        "whole": "float64",
        "group": "Int64",
        "listing": "str",
        "year": "Int64",
        "sentence": "str",
        "location": "str",
    },
    "files": {
        "file": "str",
        "digest": "str",
        "outcome": "str",
        "reason": "str",
        "detail": "str",
    },
    "roster": {
        "unit": "str",
        "level": "str",
        "parent": "str",
        "aliases": "str",
        "deadline": "str",
    },
}
