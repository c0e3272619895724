# Beheer.

admin-overview-intro = Hoe { $organisation } ervoor staat en wat op je wacht.
admin-overview-attention = Vraagt aandacht
admin-overview-calm = Er is niets dat je aandacht vraagt.
admin-overview-set-up = Zodat eigenaren gasten kunnen uitnodigen
admin-overview-steps-done = { $count } van 3 klaar
admin-overview-figures = In de directory
admin-number = { $count }
admin-figure-members = { $count ->
    [one] actieve medewerker
   *[other] actieve medewerkers
}
admin-figure-guests = { $count ->
    [one] actieve gast
   *[other] actieve gasten
}
admin-figure-open-invitations = { $count ->
    [one] open uitnodiging
   *[other] open uitnodigingen
}
admin-figure-groups = { $count ->
    [one] groep
   *[other] groepen
}
admin-figure-apps = { $count ->
    [one] app
   *[other] apps
}
admin-figure-self-service-apps = { $count ->
    [one] app met zelfbeheer
   *[other] apps met zelfbeheer
}
admin-want-failed-mails = { $count ->
    [one] { $count } mail kon niet worden verstuurd.
   *[other] { $count } mails konden niet worden verstuurd.
}
admin-want-failed-mails-text = Bij elke mail staat wat de mailserver zei.
admin-want-failed-mails-link = Toon mislukte mails
admin-want-suspended = { $count ->
    [one] { $count } uitnodiging wordt aangehouden.
   *[other] { $count } uitnodigingen worden aangehouden.
}
admin-want-suspended-text = De links wachten tot de oorzaak weg is of jij ze goedkeurt.
admin-want-suspended-link = Toon aangehouden uitnodigingen
admin-want-incomplete-apps = { $count ->
    [one] Bij { $count } app staat zelfbeheer aan, maar de eigenaren kunnen nog niet uitnodigen.
   *[other] Bij { $count } apps staat zelfbeheer aan, maar de eigenaren kunnen nog niet uitnodigen.
}
admin-want-incomplete-apps-text = Er ontbreekt nog iets aan de inrichting.
admin-want-incomplete-apps-link = Toon wat ontbreekt
admin-want-expired = { $count ->
    [one] { $count } uitnodiging verliep zonder antwoord.
   *[other] { $count } uitnodigingen verliepen zonder antwoord.
}
admin-want-expired-text = Stuur ze opnieuw, of laat ze.
admin-want-expired-link = Toon verlopen uitnodigingen
admin-want-no-relay = Er is geen mailserver ingesteld.
admin-want-no-relay-text = Mail komt in een map op de server en bereikt niemand.
admin-want-no-relay-link = Waar mail heen gaat
admin-step-switch = Laat eigenaren het lidmaatschap beheren
admin-step-switch-text = De schakelaar ‘Eigenaren kunnen aanvragen voor groepslidmaatschap beheren in het Toegangsvenster’ staat aan.
admin-step-switch-link = Open de instellingen
admin-step-group = Een beveiligingsgroep met een eigenaar
admin-step-group-text = De leden zijn toegewezen, de groep wordt hier bijgehouden en een collega is eigenaar.
admin-step-group-link = Open de groepen
admin-step-app = Een app met zelfbeheer
admin-step-app-text = De app heeft eenmalige aanmelding, en de groep en haar eigenaar zijn aan de app toegewezen.
admin-step-app-link = Open de app
