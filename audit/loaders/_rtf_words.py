"""The words of rich text that say anything here, by what they say."""

from __future__ import annotations

from audit.loaders._rtf_tokens import SIGNS

#: Groups that hold nothing of the page's text; so do all that a star marks, but those of `STARRED`.
SKIPPED = frozenset(
    (
        *("colortbl", "stylesheet", "header", "headerl", "headerr", "headerf", "footer", "footerl"),
        *("footerr", "footerf", "footnote", "annotation", "nonshppict", "nonesttables", "objdata"),
        *("fldinst", "sp", "shprslt", "upr", "info", "themedata", "listtable", "revtbl", "filetbl"),
        *("listoverridetable", "atnid", "atnauthor", "bkmkstart", "bkmkend", "xe", "tc", "ftnsep"),
    )
)
STARRED = frozenset(("shpinst", "shppict", "nesttableprops", "ud"))
#: The number of an automatic list is a flow of its own, to be put before its paragraph.
NUMBER = "number"
FLOWS = {"shptxt": "", "listtext": NUMBER, "pntext": NUMBER}
FACTS = {"title": "title", "author": "creator"}
GROUPS = SKIPPED | STARRED | {"fonttbl", "pict", *FLOWS, *FACTS}
#: Words that switch a property of what follows, and those that say which cells are one.
SWITCHES = {"v": "hidden", "deleted": "hidden", "super": "raised", "sub": "raised"}
SWITCHES |= {"strike": "struck", "striked": "struck", "up": "off", "dn": "off"}
MERGES = {"clmgf": (1, 0), "clmrg": (2, 0), "clvmgf": (0, 3), "clvmrg": (0, 1)}
#: All words that say anything here; others only end a run of bytes.
HEEDED = frozenset(
    (
        *(*GROUPS, *SIGNS, *SWITCHES, *MERGES),
        *("u", "uc", "f", "fcharset", "picwgoal", "pichgoal", "plain", "nosupersub"),
        *("pard", "intbl", "itap", "outlinelevel", "par", "sect", "cell", "nestcell"),
        *("row", "nestrow", "trowd", "trleft", "cellx"),
    )
)
