# Wat mails zeggen (SPEC 4.4). $inviter, $target en $organisation zijn namen die mensen kozen.

mail-sender = { $inviter } via { $organisation }
mail-privacy = Privacyverklaring van { $organisation }
mail-copy = Werkt de knop niet? Kopieer dit adres naar je browser:
mail-preview-link = persoonlijke link (alleen de gast krijgt die)

mail-invitation-subject = { $inviter } nodigt je uit voor { $target } bij { $organisation }
mail-invitation-subject-directory = { $inviter } nodigt je uit als gast van { $organisation }
mail-invitation-headline = { $inviter } van { $organisation } nodigt je uit voor { $target }
mail-invitation-headline-directory = { $inviter } nodigt je uit als gast van { $organisation }
mail-invitation-expect = Accepteer alleen als je { $inviter } kent en dit verwachtte. Twijfel je? Beantwoord deze mail: je antwoord gaat naar { $inviter }, { $address }.
mail-invitation-wrote = { $inviter } schreef:
mail-invitation-accept = Uitnodiging accepteren
mail-invitation-opens-app = Je krijgt toegang tot { $target }.
mail-invitation-opens-app-at = Je krijgt toegang tot { $target } ({ $host }).
mail-invitation-opens-group = Je komt in de groep { $target } en krijgt toegang tot wat die deelt.
mail-invitation-opens-directory = Je wordt gast van { $organisation }.
mail-invitation-until = De link werkt tot { $until }.
mail-invitation-meant-for = Hij is persoonlijk en bedoeld voor { $address }.
mail-invitation-not-expected = Verwachtte je dit niet? Open de link om de uitnodiging te weigeren of te melden. Er wordt niets gedeeld zolang je niet accepteert.
mail-invitation-why = { $organisation } stuurde dit omdat { $inviter } je als gast heeft uitgenodigd.

mail-added-subject = { $inviter } heeft je toegevoegd aan { $target } bij { $organisation }
mail-added-headline = { $inviter } van { $organisation } heeft je toegevoegd aan { $target }
mail-added-ask = Vragen? Beantwoord deze mail: je antwoord gaat naar { $inviter }, { $address }.
mail-added-open = { $target } openen
mail-added-opens-app = Je hebt nu toegang tot { $target }.
mail-added-opens-app-at = Je hebt nu toegang tot { $target } ({ $host }).
mail-added-opens-group = Je zit nu in de groep { $target } en hebt toegang tot wat die deelt.
mail-added-opens-directory = Je bent nu gast van { $organisation }.
mail-added-account = Log in met { $address }.
mail-added-why = { $organisation } stuurde dit omdat { $inviter } je toegang heeft gegeven.

mail-code-subject = Je code voor { $organisation }
mail-code-headline = Je code voor { $organisation }
mail-code-enter-sign-in = Vul deze code in op de pagina waar je inlogt:
mail-code-enter-redemption = Vul deze code in op de pagina van je uitnodiging, om te laten zien dat deze mailbox van jou is:
mail-code-valid = { $minutes ->
    [one] Hij werkt één keer, één minuut lang, alleen in de browser waarin erom is gevraagd.
   *[other] Hij werkt één keer, { $minutes } minuten lang, alleen in de browser waarin erom is gevraagd.
}
mail-code-asked = Aangevraagd op { $at }, voor { $address }.
mail-code-not-expected = Heb je er niet om gevraagd? Dan kun je deze mail negeren: zonder de code komt niemand binnen. Geef hem nooit aan iemand, wie er ook om vraagt.
mail-code-why = { $organisation } stuurde dit omdat iemand daar je adres heeft ingevuld.
