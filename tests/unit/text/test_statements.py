"""Statements: conservation, replay, the hand-cut gold and the documented rules."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coding.gold import load_gold
from benchmarks.statements.__main__ import inside, naive, ours, score
from benchmarks.statements.gold import HANDS, OWN, Bullet, paragraph, read_files, read_half, read_hands, read_natural
from pipeline.text.language import load_language
from pipeline.text.model import Heading, Paragraph, Statement
from pipeline.text.statements import CONNECTIVE_KIND, GLYPH_KIND, cut, replay
from pipeline.text.wordclasses import word_classes
from tests.examples import examples
from tests.work import work_of

DUTCH = load_language("nl")
SALAD = (
    "Meer minder opvang en want maar zorg bied gemeenten moeten die waardoor om te helpen, geld; (o.a. bijv. jeugd) "
    'Zoals LVB. 4.5 a) b) • - slacht- in- AVG- wijk/ … "Zo" é! dat? dit ﬁ'
)
WORDS = [*SALAD.split(" "), "\u00a0", "\t"]


def cut_lines(*lines: str) -> tuple[Statement, ...]:
    return cut(paragraph(lines), DUTCH)


def texts(*lines: str) -> list[str]:
    return [statement.text for statement in cut_lines(*lines)]


def check_conserved(lines: tuple[str, ...]) -> None:
    whole = paragraph(lines)
    statements = cut(whole, DUTCH)
    owned = [
        (fragment.line.number, position)
        for statement in statements
        for fragment in statement.fragments
        for position in range(fragment.start, fragment.end)
        if not fragment.line.text[position].isspace()
    ]
    visible = [
        (segment.line.number, position)
        for segment in whole.segments
        for position in range(segment.start, segment.end)
        if not segment.line.text[position].isspace()
    ]
    assert owned == visible
    for statement in statements:
        assert statement.fragments
        assert replay(statement) == statement.text
        assert statement.text == " ".join(statement.text.split())


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join), min_size=1, max_size=5))
@examples(400)
def test_word_salad_is_conserved_and_replays(lines: list[str]) -> None:
    check_conserved(tuple(lines))


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n\r\x0c"), max_size=60),
        min_size=1,
        max_size=4,
    )
)
@examples(400)
def test_arbitrary_text_is_conserved_and_replays(lines: list[str]) -> None:
    check_conserved(tuple(lines))


def test_torn_and_shuffled_sentences_are_conserved_and_replay() -> None:
    rng = random.Random(7)
    sentences = [item.text for document in load_gold("development")[::4] for item in document.inputs]
    check_conserved(("uur 's avonds open, ook",))  # a part of one word, as reading order may leave it
    for _ in range(3000):
        words = " ".join(rng.sample(sentences, 2)).split()
        begin = rng.randrange(len(words))
        words = words[begin : begin + rng.randint(1, 16)]
        if rng.random() < 0.3:
            rng.shuffle(words)
        check_conserved((" ".join(words).replace(".", rng.choice(".,;:–")),))


@pytest.mark.parametrize("half", ["development", "test"])
def test_gold_is_conserved_and_replays(half: str) -> None:
    for bullet in read_half(half):
        check_conserved(bullet.lines)


def test_boundaries_do_not_fall_back_and_beat_the_naive_cut() -> None:
    natural = read_natural("test")
    assert score(natural, ours).f1 >= 0.943
    assert score(natural, ours, within=True).f1 >= 0.823
    assert score(natural, naive).f1 < 0.75


def test_the_few_hard_boundaries_inside_sentences_do_not_fall_back() -> None:
    assert score(read_files("test")["test_vijfde_helft"], ours).f1 >= 0.51  # a boundary is 0.06


def test_boundaries_reach_the_bar() -> None:
    assert score(read_natural("test"), ours).f1 >= 0.95


def test_stems_are_spelled_back_to_their_verbs() -> None:
    classes = word_classes(DUTCH)
    assert [classes.lemma(word) for word in ("ontschot", "anonimiseert", "veiligstelde")] == [
        "ontschotten",
        "anonimiseren",
        "veiligstellen",
    ]
    assert "op" in classes.stem_of_separated("ruim")
    assert not classes.stem_of_separated("huis")
    assert classes.plural("distributiecentra")


def test_the_development_half_does_not_fall_back() -> None:
    natural = set(read_natural("development"))
    assert score([bullet for bullet in read_half("development") if bullet not in natural], ours).f1 >= 0.805
    assert score(read_natural("development"), ours).f1 >= 0.97


def test_gold_is_large_enough_and_its_halves_share_no_bullet() -> None:
    development, test = read_half("development"), read_half("test")
    assert len(development) + len(test) >= 200
    shared = {bullet.lines for bullet in development} & {bullet.lines for bullet in test}
    assert all(len(" ".join(lines).split()) <= 4 for lines in shared)  # two hands may write the same saying


def test_the_bullets_of_other_hands_are_put_together_again_and_the_held_out_hand_is_not_read() -> None:
    hands = read_hands()
    assert {*HANDS, OWN} <= set(hands)
    held = {document.hand for document in load_gold("test")}
    assert held
    assert not held & set(hands)
    read = {bullet.lines[0] for bullets in hands.values() for bullet in bullets}
    assert "Schuldhulpverlening duurt te lang en vraagt drie keer" in " ".join(read)
    assert sum(len(bullet.parts) - 1 for hand in (*HANDS, OWN) for bullet in hands[hand]) == 140


def test_cuts_of_other_hands_do_not_fall_back() -> None:
    hands = read_hands()
    bullets = [bullet for hand in HANDS for bullet in hands[hand]]
    assert score(bullets, ours).f1 >= 0.98
    assert score(bullets, ours, within=True).f1 >= 0.92


def test_a_score_knows_a_wrong_cut() -> None:
    bullet = Bullet(("Ja. Nee.",), ("Ja.", "Nee."), ("Ja.", "Nee."))
    assert score([bullet], naive).f1 == 1.0
    assert score([bullet], lambda _: ["J", "a.Nee."]).f1 == 0.0


def test_boundaries_inside_sentences_are_told_from_sentence_ends() -> None:
    bullet = Bullet(("Ja. Doe A en doe B.",), ("Ja.", "DoeA", "endoeB."), None)
    assert inside("".join(bullet.parts), frozenset({3, 7})) == {7}
    assert score([bullet], naive, within=True).gold == 1
    assert score([bullet], naive).gold == 2


def test_a_concession_that_breaks_off_is_cut_as_any_text() -> None:
    assert texts("De deur is dicht, al.") == ["De deur is dicht, al."]


def test_connecting_en_stays_in_the_span_of_the_later_part_only() -> None:
    first, second = cut_lines("Verbeter de opvang en evalueer het verblijf.")
    assert (first.text, second.text) == ("Verbeter de opvang", "evalueer het verblijf.")
    assert second.fragments[0].text == "en evalueer het verblijf."
    (repair,) = second.repairs
    assert (repair.kind, repair.before, repair.after) == (CONNECTIVE_KIND, "en ", "")
    assert (repair.start, repair.end) == (19, 22)


def test_a_connecting_en_at_a_line_end_replays() -> None:
    _, second = cut_lines("Verbeter de opvang en", "evalueer het verblijf.")
    assert [fragment.text for fragment in second.fragments] == ["en", "evalueer het verblijf."]
    assert replay(second) == second.text == "evalueer het verblijf."


def test_a_glyph_is_in_the_span_but_not_in_the_text() -> None:
    (statement,) = cut_lines("• Meer opvang.")
    assert statement.text == "Meer opvang."
    assert statement.fragments[0].text == "• Meer opvang."
    assert [repair.kind for repair in statement.repairs] == [GLYPH_KIND]


def test_dashes_before_items_of_a_list_inside_a_bullet_are_glyphs() -> None:
    assert texts("Wij verzoeken: - een plek te zoeken; - bewoners in te lichten; - dit te doen vóór mei.") == [
        "Wij verzoeken: een plek te zoeken;",
        "bewoners in te lichten;",
        "dit te doen vóór mei.",
    ]
    assert len(texts("Eén wens: - een lift bij het station.")) == 1


def test_items_of_a_list_inside_a_bullet_are_cut_and_the_first_keeps_the_lead_in() -> None:
    assert texts("Wij vragen: a) meer opvang; b) een vaste regisseur.") == [
        "Wij vragen: meer opvang;",
        "een vaste regisseur.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Werk samen met o.a. Amsterdam, bijv. Utrecht en d.w.z. iedereen.",
        "Zie art. 273f Sr. voor de straf.",
        "Dat raakt 4.5 procent van 1.200 mensen, zie nr. 5 en https://voorbeeld.nl/a.b?c=d voor meer.",
        "Sinds 1 jan. 2024 helpt dhr. J. Jansen de 1e groep... en de 2e.",
        "(Dat geldt ook voor jongeren. En ouderen.)",
        "Er is geen plek (dat zegt iedereen.) Bouw meer woningen.",
        "103. Bouw meer woningen.",
        "Zie art.3 Wetboek van Strafrecht en blz.12 Bijlage.",
    ],
)
def test_these_full_stops_end_no_sentence(text: str) -> None:
    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Er is te weinig opvang. Dat moet anders!", ["Er is te weinig opvang.", "Dat moet anders!"]),
        ("Wat nu? We weten het niet.", ["Wat nu?", "We weten het niet."]),
        ("Zet in op taal, werk enz. Betrek ouders.", ["Zet in op taal, werk enz.", "Betrek ouders."]),
        ("Straf volgt uit art. 273f Sr. De rechter beslist.", ["Straf volgt uit art. 273f Sr.", "De rechter beslist."]),
        ("Er is geen opvang.Meer plekken zijn nodig.", ["Er is geen opvang.", "Meer plekken zijn nodig."]),
        (
            "Meldingen blijven liggen.12 Dat moet anders!³ “Nu.”",
            ["Meldingen blijven liggen.12", "Dat moet anders!³", "“Nu.”"],
        ),
        (
            "Er is geen plek. (Dat zegt iedereen.) Bouw meer woningen.",
            ["Er is geen plek.", "(Dat zegt iedereen.)", "Bouw meer woningen."],
        ),
        ("Hij zei: 'Het is te laat.' Luister dus.", ["Hij zei: 'Het is te laat.'", "Luister dus."]),
    ],
)
def test_these_marks_end_a_sentence(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            'Zij zei: "Ik wacht. Niemand belt." Dat moet anders.',
            ['Zij zei: "Ik wacht. Niemand belt."', "Dat moet anders."],
        ),
        ('"Ik wacht al een jaar. Niemand belt terug."', ['"Ik wacht al een jaar.', 'Niemand belt terug."']),
        ('"Ik wacht en niemand belt", zei zij.', ['"Ik wacht en niemand belt", zei zij.']),
    ],
)
def test_a_quotation_is_one_piece_unless_it_is_the_whole_bullet(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


def test_examples_without_a_verb_go_with_the_sentence_before() -> None:
    assert len(texts("Let op alle groepen. Zoals jongeren.")) == 1
    assert len(texts("Let op alle groepen. Zoals het nu is, gaat het mis.")) == 2
    assert len(texts("Rouw mag. Ook om wie ver weg woont.")) == 2
    assert len(texts("Rouw mag. Dus ook om wie ver weg woont.")) == 1


def test_a_semicolon_parts_long_wishes_of_any_form() -> None:
    text = "Meer begrip tussen haven en stad; nodig eens een schipper uit op het stadhuis."
    assert [part[:14] for part in texts(text)] == ["Meer begrip tu", "nodig eens een"]
    assert len(texts("Meer begrip; nodig een schipper uit.")) == 1


def test_a_heading_holds_no_statement() -> None:
    bullet = paragraph(("4.5 Opvang",))
    assert cut(Paragraph(bullet.segments, Heading("4.5", "Opvang", 2)), DUTCH) == ()


def test_work_grows_with_the_text_and_not_faster() -> None:
    def work(count: int) -> int:
        bullet = paragraph(("Bied opvang, zorg (en hulp; en raad) want het moet. " * count,))
        return work_of(lambda: cut(bullet, DUTCH))

    work(10)  # words are looked up once
    assert work(400) < 4.1 * work(100)


@pytest.mark.parametrize(
    "marked",
    [
        "Er zijn meer daklozen en minder woningen.",
        "Opvang uitbreiden, | meer geld voor preventie.",
        "Meer controle en regulering werkt averechts.",
        "Meer zaken aanbrengen, | ontwikkeling in de rechtspraak.",
        "Gemeenten moeten plekken reserveren | hun teams bijscholen.",
        "Wij vragen het college om een plan te maken | de raad te informeren over de voortgang.",
        "Minder regels, meer hulp.",
        "Meer geld voor preventie | minder marktwerking in de zorg.",
        "Pak het vermogen af, | want geld is de drijfveer.",
        "Het aantal meldingen daalt, | maar dat zegt weinig.",
        "Gemeenten signaleren en melden misstanden.",
        "Verbeter de opvang | evalueer het verblijf.",
        "Verbeter de opvang en maak de toegang eenvoudiger.",
        "Registreer signalen en deel deze met de politie.",
        "Schulden leiden tot stress en stress leidt tot schulden.",
        "De drempel is hoog, | verlaag die door inloopspreekuren.",
        "Bezuinig niet op tolken, | dat kost uiteindelijk meer.",
        "Geen gesloten plaatsingen meer, wel kleinschalige groepen.",
        "Zorg voor opvang, begeleiding en onderwijs.",
        "Er is meer geld waardoor het urgenter wordt en er meer plekken komen.",
        "Wie een jongen werft, is een mensenhandelaar.",
        "Mocht het geld opraken, dan stopt de opvang.",
        "Sinds vrijwilligers meekijken, komen er meer meldingen.",
        "Zorgen dat broers en zussen begeleiding krijgen.",
        "Toezicht richten op kleine, nieuwe bureaus.",
        "Kleine, nieuwe.",
        "Werkgevers zouden verlof van dochters en zonen moeten doorbetalen.",
        "Samenwerken met gemeenten, bedrijven en burgers tegelijk vergt meer dan goede wil.",
        "Door het gesprek aan te gaan, win je vertrouwen.",
        "Volg het geld, dan vind je de baas.",
        "Kinderen die over liefde leren praten, trappen minder snel in een val.",
        "Zijn partij, de kleinste van de raad, heeft geen zetels.",
        "Het gaat slecht, vindt de bond.",
        "Er blijft één gezicht, welke hulp er ook bijkomt.",
        "Gemeenten moeten snel aan huis komen, zo nodig in de avonduren.",
        "Lessen over geld, liefde en internet in groep acht.",
        "De staat keert het bedrag uit en verhaalt het op de dader.",
        "Minder formulieren en minder overleg.",
        "Er is overleg tussen kliniek en gemeente.",
        "Ruim zwerfvuil op en deel grijpers uit.",
        "De twaalf gemeenten houden vast aan het plan, | evalueren de inkoop | heffen de dubbele teams op.",
        "Een brief kost een euro, een gesprek kost een uur.",
        "Noem een meisje dader en ze zegt niets meer.",
        "Zonder papieren geen bed, geen werk.",
        "De raden adviseren de opvang open te stellen, te beginnen in mei.",
        "Bedrijven geven na twee maanden een seintje, vóór er iets wordt afgesloten.",
        "Er is een vergoeding, nu de raad het geld heeft gevonden.",
        "Bel elke ouder terug, ook als er niets te melden is.",
        "De balie past nergens, zo werd gezegd.",
        "Een boete is een goede deal, klonk het.",
        "Draai het om en zet de dader buiten.",
        "Elke klas krijgt bezoek, met de telefoons uit.",
        "De groep woont straks kleiner, ver van de eigen stad.",
        "Het loon komt er, desnoods voorgeschoten door de staat.",
        "Het team helpt met schulden en zijn ouders.",
        "Per provincie zouden tien plaatsen met een hek, een kok en een psycholoog kunnen volstaan.",
        "Geen aangifte, geen hulp: dat is geen keuze, dat is dwang.",
        "Koorts hebben, een gebroken pols: voor de baas heet dat vakantie.",
        "De kliniek neemt niemand aan die drinkt, de praktijk niemand die stemmen hoort.",
        "De buurt betaalt meer en iedereen vindt dat normaal.",
        "Wie dwingt, gaat de cel in; | wie kiest, krijgt pensioen.",
        "De jongeren die zijn gestopt, geven die module vorm, | want zij kennen de straat.",
        "De rechtbank heeft een vaste kamer, | het hof bewaakt dat in beroep niet wordt gezwegen.",
        "Een achterstand doorgeven zodra er maanden openstaan, | een telefoontje kost weinig.",
        "Niet zomaar alles delen, hè, | wij zijn ook geen criminelen.",
        "Het loket vult de papieren in en de bezoeker zet een krabbel.",
        "Zij staat bij de schoolpoort | krijgt daarvoor salaris.",
        "Kleine gemeenten wachten af, grote gemeenten bouwen door.",
        "Winkels moeten een eerlijke prijs betalen, | anders blijft het uitpersen.",
        "De gemeente heeft een meldpunt, | inwoners kennen het nauwelijks.",
        "De wachttijd is te lang, de brieven zijn onduidelijk.",
        "Meer agenten in de wijk, | minder slachtoffers die moeten wachten op een gesprek.",
        "Meer agenten in de wijk, betere verlichting bij het station.",
        "Betrek ervaringsdeskundigen bij beleid en betaal hen een uurloon.",
        "Regel één dossier en geef cliënten daar inzage in.",
        "Scholen sluiten, de bus verdwijnt uit het dorp.",
        "Er is een spreekuur, | 's avonds neemt niemand op.",
        "Kinderen komen graag, | gebruik dat moment om met ouders te praten.",
        "Inwoners verdwalen in de portalen, | geef hun een vast nummer.",
        "Zorg dat er een tolk is, | het huisverbod wordt nu niet begrepen.",
        "Ik wacht nu een jaar, | schrap die lijst.",
        "Het plan is er, | maar nergens staat hoe het werkt.",
        "De opkomst daalde, | maar die cijfers zijn voorlopig.",
        "Niemand houdt dat bij, | dus zet er een jurist op.",
        "Wachtlijsten openbaar maken, | vast spreekuur in elke kern.",
        "Kamers in de kern bouwen, | ruimere wachtkamers in het ziekenhuis.",
        "De regeling moet eenvoudiger | beambten moeten beter worden opgeleid.",
        "Bescherm melders | licht nieuw personeel in over hun rechten.",
        "Vroeger kwam de agent op de koffie, nu krijg je een nummer.",
        "Zorg dat wie vertrekt een huis heeft, een arts kent en weet wie hij kan bellen.",
        "Ouderen raken achterop, zeker nu ook de bank en de kassa verdwijnen.",
        "Blijf bellen, ook al neemt niemand op.",
        "Bomen planten, schaduw maken, water tappen.",
        "Geen diploma, geen baan, geen eigen adres: zo kom je nergens.",
        "Zonder werk verveelt men zich, zo leert onze ervaring.",
        "Het huis blijft leeg, zo moet worden vastgesteld.",
        "Met België één team vormen, dat is mijn advies.",
        "De wet is duidelijk, al is de uitkomst onzeker.",
        "Zij komen langs, alsof er niets gebeurd is.",
        "De winkel sluit, de bus rijdt niet meer, het dorpshuis staat te koop.",
        "De indicatie duurt te lang, de woning is te klein en vervoer is er niet.",
        "Drie wensen: een lift; | een bankje; | geld voor een uitje.",
        "Schrap de boete voor wie buiten slaapt, | stuur een straatdokter met een bus de stad in.",
        "Zet ook mannen op de foto's, bel hen persoonlijk.",
        "Het onderwerp ligt gevoelig, | dus uitleg via de imam of de pastor werkt beter dan een poster.",
        "De rechter kent de omgang toe, | maar waar moet het kind dan slapen?",
        "Wij verzoeken het bestuur om de uren te verruimen | om de uitkomsten van het onderzoek bekend te maken.",
        "Wilt u dat buren elkaar kennen, zet dan een bankje neer.",
        "Kost een plek zestig euro, vraag niet meer.",
        "De straat is opgebroken, en wie te voet komt, zet zijn fiets weg.",
        "Bij regen hebben wandelaars een schuilplek nodig, | schuren en stallen staan leeg.",
        "Drempels weghalen, deuren verbreden, | dossiers sneller overdragen.",
        "Straten vergroenen, de vijver een schone oever geven, | meer geld voor onderhoud.",
        "Iedereen kent het plein, daar wil niemand naar kijken.",
        "De balie vraagt om een kopie, als er maar een printer was.",
        "De club zoekt een zaal, het koor mist een dirigent en de school krijgt een cursus.",
        "Wij vragen de raad om het plan te wijzigen, een termijn op te nemen en de kosten te vergoeden.",
        "Minder borden, dunnere mappen.",
        "Demp de vijver niet, maar geef hem een schone oever.",
        "De dorpswinkel was vroeger een plek om te praten; nu moet je alles zelf scannen.",
        "De post verdwijnt, bewoners krijgen geen bericht.",
        "De fanfare speelt, | alleen komen bewoners niet kijken.",
        "Leraren weten niet waar zij moeten zijn, zij lopen met vragen rond bij de balie.",
        "Na sluitingstijd mag niemand naar binnen, kinderen wachten op de stoep.",
        "De klok loopt goed, en de cijfers tonen dat aan.",
        "Betrek jongeren bij het plein | maak budget vrij voor hun plannen.",
        "Plant een haag langs de weg | vertel bewoners over het snoeien.",
        "De balie is dicht, | daar hoort een gastheer te staan die meedenkt.",
        "Een reiziger die blind is leest geen bord, | plaats dus ook een omroep.",
        "Het lesuur liep als een trein, trok elke week buren en werd geschrapt.",
        "Kleine winkels willen best verduurzamen; de huur van drie jaar maakt dat onmogelijk.",
        "Leid conducteurs op in gebarentaal | geef reizigers een kaart waarop zij hun halte vinden.",
        "Verhoog de bijdrage aan het fonds | geef bestuurders scholing in begrotingen.",
        "De club werft leden, leent ballen uit en betaalt trainers een cursus.",
        "De schippers melden dat pachters de kade verhogen, kosten verleggen en pas betalen na de derde brief.",
        "Zelf heb ik geen plek, | maar mijn buurman heeft al jaren een ligplaats.",
        "Geef uitsluitsel over de bouw, | nu praat iedereen langs elkaar heen.",
        "Op de kade werken 36 mensen; | de havenmeester komt er maar twee dagen.",
        "Houd de vaargeul zo smal als de schepen toelaten, | geef ruimte aan riet, oevers en vogels.",
        "Formulieren inkorten | uitleggen hoe men bezwaar maakt.",
        "Steigers herstellen | er budget voor vrijmaken in het plan.",
        "Herstel de kade | regel voor elke schipper een cursus.",
        "Onze wens: verruim de opening van de sluis, | laat schippers aan het einde van de dag nog schutten.",
        "Bewaar de verslagen langer en maak ze vindbaar voor wie erin staat.",
        "Verkort de aanvraag | wijs schippers er vroeg op dat de pot bestaat.",
        "De sluis moet open blijven, | schippers die hun haven al onderhouden krijgen nu de rekening.",
        "In het verslag staat dat de sluis open blijft, | maar schippers merken er niets van.",
        "Vorig jaar schreven ze een brief, | een maand later had de haven geen plaats meer.",
        "De haven vat samen dat alles klopt, | maar de schippers merken er niets van.",
        "Elders betalen schippers niets, | maar de haven vraagt hier vijf euro per dag.",
        "Haal schippers in de raad en betaal ze ervoor.",
        "Toch gebeurde er niets met de brief, | maar de haven kreeg een prijs.",
        "Zet een kraam neer, maar doe íets.",
        "Ga na waar het lekt | herstel de daken.",
        "Kon ik hun maar iets beters bieden dan een folder.",
        "Meer monteurs die de taal spreken, | minder wisseling van ploegen.",
        "De kerken financieren dit elk met eigen regels, eigen jaren en eigen eisen.",
        "Het is maar een plasje, hoor je dan op het stadhuis.",
        "Wij pleiten ervoor het kind zelf te laten kiezen, met een knuffel op schoot en zonder haast.",
        "Stop met de cursus per seizoen, die telkens eindigt wanneer het begint te werken.",
        "Er komt een wijkkantine, open van ochtend tot avond.",
        "Kleinere depots, verspreid over het land.",
        "Agenten bellen bij een melding niet de buurvrouw maar moeder zelf.",
        "Straks schrijven we de oproep, kiezen we de trainers en tekenen we het pad.",
        "Monteurs werken geen weekend, | dus meer mensen in de storingsdienst.",
        "Voor een tunnel bestaat geen meerderheid, | dus wat doen we dan?",
        "De portier ziet wie er gehaald wordt en met welke bus, | alleen vraagt niemand het hem.",
        "De brug is aangevraagd, | de provincie zegt nee.",
        "Begin met het baggeren van de sloot, stop met het baggeren van de vaart.",
        "Verdiep de geul bij eb | maak de regels bekend.",
        "Meer schippers opleiden, | bruggen sneller openen en borden leesbaar maken.",
        "De sluis krijgt een nieuwe deur, de sluiswachter heeft daar tien jaar folders voor geschreven.",
        "Meet de schepen en bewaar hem in het dossier.",
        "Mooi dat de steiger er ligt, dank daarvoor.",
        "Havens moeten schippers die stranden eerder helpen | hun reders op tijd informeren.",
        "Of vergroot de sluis, | dat kost evenveel.",
        "De vaargeul is te smal | wij verzoeken u om schippers eerder bij het ontwerp te betrekken.",
        "Waarom mag een schipper wel vissen verkopen, maar geen soep koken?",
        "Iemand die rijk is, slaapt in een hotel, | iemand die verward is, vindt geen bed.",
        "Gebruik bij steigers harde planken | leid schippers op om ze te leggen.",
        "Je kunt de sluis openen, dan stroomt het water niet meer.",
        "Er ligt geen steiger, laat staan een trap.",
        "De stad besteedt jaarlijks een ton aan derden, zonder zicht op de uren bij de vierde onderaannemer.",
        "Overleggen met de haven en dan een onderzoek laten doen.",
        "Meer vertrouwen in schippers, | loodsen hoeven niet elk uur te melden waar zij varen.",
        "Geen kade meer voor bedrijven die hun afval niet opruimen | meer toezicht op wat er in het water komt.",
        "Snellere doorvaart en minder wissels van sluiswachter in de zomer.",
        "Sinds de kade met de straat wordt geveegd, groet men elkaar.",
        "Als schipper betaal ik elk jaar liggeld, | maar een steiger krijg ik niet.",
        "Als schippers betalen, krijgen ze een plek.",
        "Dat een vergunning zes weken duurt, is tot daaraan toe, | maar dat je geen bericht krijgt, gaat te ver.",
    ],
)
def test_the_examples_of_the_documented_rules(marked: str) -> None:
    """A `|` stands where the rules cut; there the connecting `en` is left out of the text."""
    with_connectors = marked.replace(", | ", ", ").replace(" | ", " en ")
    assert texts(with_connectors) == marked.split(" | ")
