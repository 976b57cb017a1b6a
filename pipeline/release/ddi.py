"""`ddi-codebook.xml`: DDI-Codebook 2.6, which survey archives read.

What belongs here: the study, its files and its variables. What does not: REFI-QDA (`pipeline.release.refi`).
"""

from xml.etree import ElementTree as ET

from pipeline.coding.codebook import Dimension
from pipeline.release.description import Dataset, Words
from pipeline.release.model import Release, TableFacts
from pipeline.release.origins import Source
from pipeline.release.rights import rights, terms
from pipeline.release.xml import xml_bytes
from schemas.derive import Column, code_labels, columns

NAMESPACE = "ddi:codebook:2_6"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def ddi_codebook(release: Release) -> bytes:
    """Return the release as DDI-Codebook: a file per table, a variable per column."""
    root = ET.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.6", _XML_LANG: "en"})
    _add_study(root, release)
    for number, table in enumerate(release.tables, 1):
        _add_file(root, number, table)
    data = ET.SubElement(root, "dataDscr")
    for number, table in enumerate(release.tables, 1):
        for column in columns(table.name, release.dimensions):
            _add_variable(data, number, table.name, column, release.dimensions)
    return xml_bytes(root)


def _add_study(root: ET.Element, release: Release) -> None:
    dataset = release.dataset
    study = ET.SubElement(root, "stdyDscr")
    citation = ET.SubElement(study, "citation")
    titles = ET.SubElement(citation, "titlStmt")
    ET.SubElement(titles, "titl", {_XML_LANG: "en"}).text = dataset.title.en
    ET.SubElement(titles, "parTitl", {_XML_LANG: "nl"}).text = dataset.title.nl
    ET.SubElement(titles, "IDNo").text = release.identifier
    responsible = ET.SubElement(citation, "rspStmt")
    for one in dataset.authors("en"):
        ET.SubElement(responsible, "AuthEnty").text = one.name
    if dataset.funding:
        _add_funding(ET.SubElement(citation, "prodStmt"), dataset)
    ET.SubElement(ET.SubElement(citation, "distStmt"), "distDate", date=release.day).text = release.day
    ET.SubElement(ET.SubElement(citation, "verStmt"), "version", date=release.day).text = release.version
    info = ET.SubElement(study, "stdyInfo")
    subjects = ET.SubElement(info, "subject")
    for language, words in (("en", dataset.keywords.en), ("nl", dataset.keywords.nl)):
        for word in words:
            ET.SubElement(subjects, "keyword", {_XML_LANG: language}).text = word
    _add_words(info, "abstract", dataset.description)
    summary = ET.SubElement(info, "sumDscr")
    ET.SubElement(summary, "nation", abbr=dataset.spatial.code).text = dataset.spatial.name.en
    _add_method(ET.SubElement(study, "method"), release)
    access = ET.SubElement(ET.SubElement(study, "dataAccs"), "useStmt")
    for licence in rights(release).all:
        ET.SubElement(access, "conditions", {_XML_LANG: "en"}).text = f"{licence.title.en} ({licence.page})"
    _add_words(access, "conditions", rights(release).statement())


def _add_words(place: ET.Element, name: str, words: Words) -> None:
    for language, text in (("en", words.en), ("nl", words.nl)):
        ET.SubElement(place, name, {_XML_LANG: language}).text = text


def _add_method(method: ET.Element, release: Release) -> None:
    """Add what the data were made from and who coded it."""
    collected = ET.SubElement(method, "dataColl")
    if release.sources:
        sources = ET.SubElement(collected, "sources")
        for one in release.sources:
            _add_source(ET.SubElement(sources, "sources"), one)
    for coder in release.coders:
        for line in coder.lines():
            ET.SubElement(ET.SubElement(method, "codingInstructions"), "txt", {_XML_LANG: "en"}).text = line


def _add_source(place: ET.Element, one: Source) -> None:
    facts = (one.title, one.publisher_name, one.issued, terms(one.licence).name)
    ET.SubElement(place, "dataSrc").text = ", ".join(fact for fact in facts if fact)
    if one.description:
        ET.SubElement(place, "srcChar").text = one.description
    if one.homepage:
        ET.SubElement(place, "srcDocu").text = one.homepage
    for document in one.documents:
        part = ET.SubElement(place, "sources")
        ET.SubElement(part, "dataSrc").text = ", ".join(fact for fact in (document.name, document.issued) if fact)
        if document.description:
            ET.SubElement(part, "srcChar").text = document.description
        if document.homepage:
            ET.SubElement(part, "srcDocu").text = document.homepage


def _add_funding(produced: ET.Element, dataset: Dataset) -> None:
    for one in dataset.funding:
        ET.SubElement(produced, "fundAg").text = one.funder
    for one in dataset.funding:
        if one.award:
            ET.SubElement(produced, "grantNo", agency=one.funder).text = one.award


def _add_file(root: ET.Element, number: int, table: TableFacts) -> None:
    text = ET.SubElement(ET.SubElement(root, "fileDscr", ID=f"F{number}"), "fileTxt")
    ET.SubElement(text, "fileName").text = table.csv.path
    ET.SubElement(text, "fileCont").text = table.description
    sizes = ET.SubElement(text, "dimensns")
    ET.SubElement(sizes, "caseQnty").text = str(table.rows)


def _add_variable(data: ET.Element, number: int, table: str, column: Column, dimensions: tuple[Dimension, ...]) -> None:
    kind = column.kind.table_schema
    variable = ET.SubElement(
        data,
        "var",
        ID=f"V{number}.{column.name}",
        name=column.name,
        files=f"F{number}",
        intrvl="contin" if kind == "number" else "discrete",
    )
    ET.SubElement(variable, "labl", {_XML_LANG: "nl"}).text = column.title_nl
    ET.SubElement(variable, "labl", {_XML_LANG: "en"}).text = column.title
    ET.SubElement(variable, "txt", {_XML_LANG: "en"}).text = column.description
    labels = code_labels(table, dimensions).get(column.name, {})
    for value in column.enum:
        category = ET.SubElement(variable, "catgry")
        ET.SubElement(category, "catValu").text = value
        ET.SubElement(category, "labl", {_XML_LANG: "nl"}).text = labels.get(value, value)
    form = "numeric" if kind in {"integer", "number"} else "character"
    ET.SubElement(variable, "varFormat", type=form, schema="other")
