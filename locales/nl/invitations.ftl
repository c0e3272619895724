# Add members and the invitations people send.

add-title = Leden toevoegen aan { $name }
add-question-app = Wie moet { $name } kunnen openen?
add-question-group = Wie moet er in { $name }?
add-hint = Zoek één naam, of typ adressen; meerdere adressen tegelijk mag.
add-placeholder = naam of naam@example.org
add-nobody = Zet minstens één persoon op de lijst.
add-not-an-address = “{ $typed }” is geen e-mailadres. Druk op Zoeken om een naam te zoeken of typ het hele adres.
add-too-many = Hoogstens { $max } adressen tegelijk.
add-more-than-fit = Hoogstens { $max } adressen tegelijk. De eerste staan op de lijst, de andere nog in dit veld.
add-found = Gevonden
add-found-count = { $count } gevonden
add-colleague = collega
add-put = Op de lijst zetten
add-put-person = Op de lijst zetten: { $name }
add-drop = { $name } van de lijst halen
add-dropped = { $name } is van de lijst.
add-still-listed = { $count ->
    [0] Er staat niemand meer op.
    [one] Er staat nog { $count } persoon op.
   *[other] Er staan nog { $count } mensen op.
}
add-change = Wijzigen
add-change-this = Wijzigen: { $address }
add-list = Op de lijst
add-list-empty = Er staat nog niemand op de lijst.
add-search-off = Zoeken in de directory is uitgezet. Typ het hele e-mailadres.
add-search-short = Typ minstens drie letters van een naam.
add-search-none = Niemand gevonden voor “{ $q }”. Typ het hele e-mailadres om een gast uit te nodigen.
add-search-more = Er zijn er meer. Typ meer van de naam.
add-search-hint = Staat de persoon er niet bij? Typ het hele e-mailadres en druk op Enter om een gast uit te nodigen.
add-message = Welkomstbericht
add-message-hint = Gasten lezen dit in de mail. Platte tekst zonder links, hoogstens 1.000 tekens.
add-message-left = Nog beschikbare tekens:
add-language = Taal van de mail
add-language-own = Die van de gast, anders die van de organisatie
add-left = { $count ->
    [0] Je kunt nu even geen gasten meer uitnodigen.
    [one] Je kunt nu nog { $count } gast uitnodigen.
   *[other] Je kunt nu nog { $count } gasten uitnodigen.
}
add-preview = Wat een gast ontvangt
add-preview-title = De uitnodigingsmail zoals de gast die ziet
add-preview-update = Voorbeeld bijwerken
add-preview-note = De link in de echte mail is persoonlijk voor de gast. In dit voorbeeld doet hij niets.
add-preview-from = Van
add-preview-reply = Antwoord aan
add-preview-subject = Onderwerp
add-people = { $count ->
    [one] { $count } persoon wordt toegevoegd
   *[other] { $count } mensen worden toegevoegd
}
add-invited = { $count ->
    [one] { $count } gast wordt uitgenodigd
   *[other] { $count } gasten worden uitgenodigd
}
add-at-once = { $count ->
    [one] { $count } collega of gast krijgt meteen toegang
   *[other] { $count } collega’s of gasten krijgen meteen toegang
}
add-skipped = { $count ->
    [one] { $count } wordt overgeslagen.
   *[other] { $count } worden overgeslagen.
}
add-button = { $count ->
    [one] { $count } persoon toevoegen
   *[other] { $count } mensen toevoegen
}
add-outcome-done = { $count } toegevoegd
add-outcome-left = { $count } niet toegevoegd
added-invited = Uitnodiging verstuurd naar { $people }. De link erin werkt tot { $until }.
added-invited-held = Uitgenodigd: { $people }. De mail wacht tot een beheerder die vrijgeeft.
added-at-once = Toegevoegd, met directe toegang: { $people }.
added-both = Uitnodiging verstuurd naar { $invited }. Toegevoegd, met directe toegang: { $added }.
added-both-held = Uitgenodigd: { $invited }. Toegevoegd, met directe toegang: { $added }. De mail wacht tot een beheerder die vrijgeeft.
add-unfinished = Het Toegangsvenster kon niet alles opslaan. Wie hier nog staat, is misschien niet toegevoegd: klik nog eens op Toevoegen.
added-partly = Van wie je toevoegde, zijn er { $done } opgeslagen en { $left } misschien niet. Bekijk de lijst en voeg toe wie ontbreekt.
added-nothing = Er is niets veranderd. Al lid: { $in }. Al uitgenodigd en nog geen lid: { $invited }.
added-nothing-in = Er is niets veranderd. Al lid: { $in }.
added-nothing-invited = Er is niets veranderd. Al uitgenodigd en nog geen lid: { $invited }.

verdict-new-guest = Nieuwe gast · krijgt de uitnodiging per mail
verdict-domain-looks = Dit domein ziet eruit als { $domain }.
verdict-guest-app = gast sinds { $since }, kan er direct bij
verdict-guest-group = gast sinds { $since }, direct in de groep
verdict-colleague-app = collega, kan er direct bij
verdict-colleague-group = collega, direct in de groep
verdict-already-in = Al lid
verdict-already-invited = Al uitgenodigd op { $when }, nog niet geaccepteerd
verdict-already-invited-why = Nog een keer toevoegen verandert niets.
verdict-send-again = Die uitnodiging opnieuw versturen
