"""Every word of the outputs that no rule owns, in Chinese and English, by key."""

from __future__ import annotations

from collections.abc import Mapping

from rules.vocabulary import Text

TEXTS: Mapping[str, Text] = {
    "effort": Text(
        "读取文件 {read} 个，另有 {kept} 个取自缓存",
        "{read} files read, {kept} more from the cache",
    ),
    "blank_as_zero": Text("（其中 {count} 个空格按 0 计）", " (blank cells read as 0: {count})"),
    "and_more": Text(" 等 {count} 格", " and others, {count} in all"),
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
    "severity": Text("级别", "severity"),
    "rule": Text("规则", "rule"),
    "place": Text("位置", "place"),
    "found": Text("问题", "finding"),
    "actual": Text("实为", "is"),
    "expected": Text("应为", "should be"),
    "grounds": Text("依据", "grounds"),
    "advice": Text("建议", "advice"),
    "unit": Text("单位", "unit"),
    "year": Text("年度", "year"),
    "file": Text("文件", "file"),
    "cells": Text("单元格", "cells"),
    "cells_read": Text("已读数据", "cells read"),
    "not_assessed": Text("未核验", "not assessed"),
    "overview": Text("汇总", "overview"),
    "waived": Text("已豁免", "waived"),
    "all_well": Text("未发现问题", "no findings"),
    "suspect": Text("最可能有误", "most likely wrong"),
    "suspect_else": Text("也可能是", "or else"),
    "suspect_one_of": Text("可能有误（下列方案之一）", "possibly wrong (one of these)"),
    "suspect_option": Text("可能有误（方案{number}）", "possibly wrong (option {number})"),
    "suspect_maybe": Text("可能有误", "possibly wrong"),
    "undetermined": Text(
        "仅凭数字无法判定哪一格有误", "figures alone can't tell which cell is wrong"
    ),
    "set": Text("方案{number}", "option {number}"),
    "now": Text("实为", "is"),
    "cause": Text("同一原因", "one cause"),
    "units_absent": Text("以下单位没有报送", "units without a report"),
    "units_of_year": Text("{year}年度 {count} 个单位", "{year} ({count})"),
    "cause_key": Text("原因编号", "cause key"),
    "cause_of": Text("同一原因（{count} 项问题）", "one cause ({count} findings)"),
    "times": Text("（{count} 处）", " ({count})"),
    "comma": Text("，", ", "),
    "listing": Text("、", ", "),
    "and_others": Text(" 等", " and others"),
    "sound_reports": Text(
        "未发现问题的年报 {count} 份：{units}", "reports without findings ({count}): {units}"
    ),
    "not_assessed_sum": Text(
        "未核验 {count} 项：{reasons}", "statements not assessed ({count}): {reasons}"
    ),
    "not_assessed_more": Text(
        "未核验 {count} 项：{reasons}（加 -v 列出各条规则）",
        "statements not assessed ({count}): {reasons} (-v lists them by rule)",
    ),
    "skipped_some": Text(
        "未审核文件 {count} 个（{reason}）", "files not audited: {count} ({reason})"
    ),
    "excerpt": Text("原文", "text"),
    "files": Text("文件 {count} 个", "files: {count}"),
    "reports": Text("年报 {count} 份", "reports: {count}"),
    "units": Text("单位 {count} 个", "units: {count}"),
    "errors": Text("错误 {count}", "errors: {count}"),
    "warnings": Text("警告 {count}", "warnings: {count}"),
    "infos": Text("提示 {count}", "infos: {count}"),
    "waived_count": Text("已豁免 {count}", "waived: {count}"),
    "skipped": Text("未审核文件", "files not audited"),
    "not_assessed_why": Text("未能核验的规则", "what could not be assessed"),
    "reason": Text("原因", "reason"),
    "count": Text("项数", "count"),
    "blank": Text("空白", "blank"),
    "no_report": Text("（文件与报送）", "(files and submissions)"),
    "internal": Text("程序内部错误：{what}：{message}", "internal error: {what}: {message}"),
    "internal_hint": Text(
        "以上规则或读取程序出错，未能给出结论，请反馈给我们",
        "the rule or loader named failed and says nothing about the data; please report it",
    ),
    "partial": Text("运行被中断：以下只是部分结果", "interrupted: these are partial results"),
    "waiver_unused": Text(
        "豁免未用到：{rule} {unit}（{reason}）", "waiver unused: {rule} {unit} ({reason})"
    ),
    "waiver_expired": Text(
        "豁免已过期：{rule} {unit}（{reason}）", "waiver expired: {rule} {unit} ({reason})"
    ),
    "reading": Text("读取", "reading"),
    "checking": Text("核验", "checking"),
    "demand": Text("要求", "demand"),
    "formula": Text("公式", "formula"),
    "passes": Text("正确示例", "passes"),
    "fails": Text("错误示例", "fails"),
    "reports_head": Text("年报", "reports"),
    "colon": Text("：", ": "),
    "semicolon": Text("；", "; "),
    "aside": Text("（{text}）", " ({text})"),
    "error_short": Text("错{count}", "E{count}"),
    "warning_short": Text("警{count}", "W{count}"),
    "info_short": Text("提{count}", "I{count}"),
    "absent": Text("缺", "none"),
    "matrix": Text("单位与规则类别", "units and rule families"),
    "findings": Text("问题", "findings"),
    "tables": Text("表格", "tables"),
    "title": Text("名称", "title"),
    "message": Text("说明", "what is wrong"),
    "suspects": Text("最可能有误的单元格", "cells most likely wrong"),
    "fingerprint": Text("指纹", "fingerprint"),
    "total": Text("合计", "all"),
    "number": Text("序号", "no."),
    "level_wrong": Text("有误", "wrong"),
    "level_maybe": Text("可能有误", "possibly wrong"),
    "level_involved": Text("涉及", "involved"),
    "report_title": Text("政府信息公开工作年度报告核验结果", "Audit of disclosure reports"),
    "all_units": Text("全部单位", "all units"),
    "all_families": Text("全部类别", "all families"),
    "all_severities": Text("全部级别", "all severities"),
    "shown": Text("显示 {count} 项", "{count} shown"),
    "none_match": Text("没有符合筛选条件的问题", "nothing matches the filter"),
    "other_tables": Text("其余表格", "the other tables"),
    "tables_of": Text("表格对照", "the tables"),
    "cell_should": Text("应为 {value}", "should be {value}"),
    "run_faults": Text("程序内部错误", "internal errors"),
    "waiver_notes": Text("豁免", "waivers"),
    "letter_title": Text("政府信息公开工作年度报告反馈函", "Feedback on the disclosure report"),
    "letter_to": Text("{unit}：", "To {unit}:"),
    "letter_intro": Text(
        "经核验，你单位报送的{years}政府信息公开工作年度报告有以下 {count} 处需要更正或者核实，"
        "请逐项处理。",
        "The disclosure report of your unit for {years} was audited. Points to be corrected or "
        "confirmed: {count}.",
    ),
    "letter_absent": Text(
        "核验时没有收到你单位{years}政府信息公开工作年度报告，请尽快报送；已经报送的，请与我们核对。",
        "No disclosure report of your unit for {years} was at hand. Please send it; if you have sent "
        "it already, please get in touch.",
    ),
    "letter_year": Text("{year}年度", "{year}"),
    "letter_years_join": Text("、", ", "),
    "letter_unknown_year": Text("有关年度", "an unknown year"),
    "letter_reply": Text(
        "请于{date}前将更正后的年度报告报回。", "Please send the corrected report by {date}."
    ),
    "letter_send": Text("请于{date}前报送。", "Please send it by {date}."),
    "letter_contact": Text("联系人：{contact}", "Contact: {contact}"),
    "letter_close": Text("特此函告。", "With kind regards"),
    "letter_summary": Text(
        "政府信息公开工作年度报告核验情况汇总", "Summary of the audit of disclosure reports"
    ),
    "letter_summary_intro": Text(
        "本次核验文件 {files} 个，涉及 {units} 个单位的年度报告 {reports} 份，"
        "发现错误 {errors} 处、警告 {warnings} 处、提示 {infos} 处。",
        "{files} files were audited: {reports} reports of {units} units. "
        "Found: {errors} errors, {warnings} warnings, {infos} infos.",
    ),
    "letter_sound": Text("未发现问题的单位：{units}。", "Units without findings: {units}."),
    "letter_waived": Text(
        "另有 {count} 处已豁免，未列入。", "{count} waived findings are left out."
    ),
    "letter_file": Text("文件：{file}", "File: {file}"),
    "letter_none": Text("没有需要反馈的问题。", "Nothing needs to be corrected."),
    "letter_same_cause": Text(
        "以下 {count} 项为{cause}，改正后应一并消除",
        "the next {count} have one cause ({cause}); mending it should settle them all",
    ),
    "in_baseline": Text("基线 {file} 中已有", "known from the baseline {file}"),
    "nothing_found": Text(
        "所给路径下没有读到年报，没有核验任何内容",
        "no report was found under the paths: nothing was checked",
    ),
    "changes_note": Text(
        "只列自 {revision} 以来改动过的文件：未改动的年报 {reports} 份、有关问题 {findings} 项未列出",
        "only files touched since {revision}: {reports} untouched reports and {findings} findings "
        "about them left out",
    ),
    "baseline_note": Text(
        "基线 {file}：已知问题 {known} 项不计入结果，另有 {gone} 项已不再出现",
        "baseline {file}: {known} known findings not counted, {gone} of its entries no longer found",
    ),
    "init_written": Text("已生成 {file}", "written: {file}"),
    "init_kept": Text("已有，未改动 {file}", "kept as it is: {file}"),
    "init_next": Text(
        "下一步：填写 roster.csv，在 nianbao.toml 中启用它，放入年报，运行 nianbao check .",
        "next: fill in roster.csv, turn it on in nianbao.toml, put reports there, nianbao check .",
    ),
    "baseline_not_written": Text(
        "运行被中断，没有写基线文件 {file}", "interrupted: the baseline {file} was not written"
    ),
    "annotated": Text("带批注的副本 {count} 份：{folder}", "{count} annotated copies: {folder}"),
    "not_annotated": Text(
        "未批注 {count} 份（{reason}）：{files}",
        "no annotated copies of {count} ({reason}): {files}",
    ),
    "aggregate": Text("汇总表", "sums"),
    "aggregate_title": Text(
        "{unit}{year}年政府信息公开工作年度报告数据汇总",
        "{unit} {year}: sums over the units' disclosure reports",
    ),
    "aggregate_units": Text("{count} 个单位合计", "units: {count}"),
    "remarks": Text("说明", "remarks"),
}


def say(key: str, language: str, **facts: object) -> str:
    """The text of a key in `zh` or `en`, its braces filled."""
    return TEXTS[key].to(language).format(**facts)
