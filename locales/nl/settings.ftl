# Instellingen van de organisatie.

settings-intro = Deze instellingen gelden voor heel { $organisation }. Ze werken vanaf de volgende pagina die iemand opent.
settings-sections = Onderdelen van deze pagina
settings-section-organisation = Organisatie
settings-section-self-service = Zelfbeheer van groepen
settings-section-guests = Gasten
settings-section-members = Medewerkers
settings-section-limits = Limieten
settings-audited = Wijzigingen komen in het auditlog.
settings-saved = De instellingen zijn opgeslagen.
settings-stale-link = Toon de instellingen zoals ze nu zijn

settings-name = Naam
settings-name-hint = Staat bovenaan elke pagina en in elke uitnodiging.
settings-primary-domain = Hoofddomein
settings-primary-domain-hint = Collega’s hebben een adres van dit domein. Niemand daar kan als gast worden uitgenodigd.
settings-other-domains = Andere eigen domeinen
settings-other-domains-hint = Eén per regel. Ook die tellen als eigen.
settings-time-zone = Tijdzone
settings-time-zone-hint = Een naam zoals Europe/Amsterdam. Tijden op pagina’s en in mails staan in deze zone.
settings-time-zone-unknown = Deze tijdzone bestaat niet. Schrijf een naam zoals Europe/Amsterdam.
settings-default-language = Standaardtaal
settings-default-language-hint = Voor wie zelf geen taal heeft gekozen.
settings-privacy-url = Privacyverklaring voor gasten
settings-privacy-url-hint = Staat in elke uitnodiging en op de pagina waar gasten accepteren.

settings-owners-manage = Eigenaren kunnen aanvragen voor groepslidmaatschap beheren in het Toegangsvenster
settings-owners-on = Als je dit uitzet, verdwijnt “Leden toevoegen” voor elke eigenaar. { $apps } en { $owners } gebruiken het nu.
settings-owners-off = Als je dit aanzet, kunnen eigenaren mensen toevoegen aan hun groepen en apps: { $apps } en { $owners } zijn er klaar voor.
settings-apps = { $count ->
    [one] { $count } app
   *[other] { $count } apps
}
settings-owners = { $count ->
    [one] { $count } eigenaar
   *[other] { $count } eigenaren
}
settings-groups-page = Toegang tot de pagina Groepen beperken
settings-groups-page-hint = Bij Ja zien alleen eigenaren van groepen die pagina.

settings-invite-policy = Wie mag gasten uitnodigen?
settings-open-invitations = { $count ->
    [0] Er staat nu geen uitnodiging open.
    [one] Er staat nu { $count } uitnodiging open. Die komt in de wacht als de afzender niet meer mag uitnodigen.
   *[other] Er staan nu { $count } uitnodigingen open. Die komen in de wacht als de afzender niet meer mag uitnodigen.
}
settings-policy-anyone = Iedereen, ook gasten
settings-policy-members = Medewerkers
settings-policy-inviters = Alleen beheerders en gastuitnodigers
settings-policy-nobody = Niemand
settings-domain-rule = Van welke domeinen mogen gasten komen?
settings-domain-rule-hint = Beide lijsten blijven bewaard als je een andere regel kiest.
settings-rule-any = Elk domein
settings-rule-all_but = Alle, behalve deze
settings-rule-only = Alleen deze domeinen
settings-accepted-domains = Domeinen bij “alleen deze”
settings-accepted-domains-needed = Zet hier minstens één domein, anders kan niemand worden uitgenodigd.
settings-accepted-domains-hint = Eén per regel. Schrijf *.example.org als ook subdomeinen meetellen.
settings-refused-domains = Domeinen bij “alle, behalve deze”
settings-refused-domains-hint = Eén per regel. Schrijf *.example.org als ook subdomeinen meetellen.
settings-guests-see = Wat zien gasten?
settings-guests-see-own = Alleen hun eigen apps en groepen
settings-guests-see-fellow_members = Ook de andere leden van hun groepen
settings-invitation-days = Hoe lang werkt de link van een uitnodiging?
settings-invitation-days-hint = Tussen 1 en 30 dagen. Links die al verstuurd zijn, houden hun tijd.
settings-days = dagen
settings-welcome-messages = Welkomstberichten toestaan
settings-welcome-messages-hint = Een paar eigen woorden van de afzender in de uitnodiging.
settings-members-search = Medewerkers kunnen in de directory zoeken
settings-members-search-hint = Bij Nee typen eigenaren het hele adres om iemand toe te voegen.

settings-inviter-hourly = Uitnodigingen van één persoon per uur
settings-limit-hint = Wie uitnodigt, ziet hoeveel uitnodigingen er nog over zijn.
settings-inviter-daily = Uitnodigingen van één persoon per dag
settings-organisation-hourly = Uitnodigingen van de hele organisatie per uur
settings-recipient-daily = Mails naar één adres per dag
settings-recipient-daily-hint = Codes om in te loggen tellen niet mee.

settings-impact-title = Deze instellingen opslaan?
settings-impact-text = Hiermee neem je iets weg. Er is nog niets opgeslagen.
settings-impact-save = Instellingen opslaan
settings-impact-back = Terug naar de instellingen
settings-loss-owners = Eigenaren kunnen geen mensen meer toevoegen of verwijderen. Hun groepen en apps blijven ze zien.
settings-loss-inviting = Minder mensen kunnen gasten uitnodigen.
settings-loss-domains = Gasten van sommige domeinen kunnen niet meer worden uitgenodigd. Gasten die er al zijn, blijven.
settings-loss-own-domains = Nieuwe mensen met een adres van het toegevoegde domein kunnen niet meer als gast worden uitgenodigd.
settings-loss-guests-see = { $count ->
    [one] { $count } gast ziet de andere leden van groepen niet meer.
   *[other] { $count } gasten zien de andere leden van hun groepen niet meer.
}
settings-loss-welcome-messages = Uitnodigingen dragen geen bericht van de afzender meer. Ook wat al verstuurd is niet, zodra het wordt geopend of opnieuw verstuurd.
settings-loss-members-search = { $count ->
    [one] { $count } medewerker kan geen collega’s meer zoeken.
   *[other] { $count } medewerkers kunnen geen collega’s meer zoeken.
}
settings-loss-groups-page = { $count ->
    [one] { $count } persoon ziet de pagina Groepen niet meer, tenzij als eigenaar.
   *[other] { $count } personen zien de pagina Groepen niet meer, tenzij ze eigenaar van een groep zijn.
}
settings-touched-owners = { $count ->
    [one] { $count } eigenaar kan minder beheren of uitnodigen
   *[other] { $count } eigenaren kunnen minder beheren of uitnodigen
}
settings-touched-owners-text = Ze lezen waarom bij de groep of de app.
settings-touched-apps = { $count ->
    [one] { $count } app krijgt geen gasten meer van haar eigenaren
   *[other] { $count } apps krijgen geen gasten meer van hun eigenaren
}
settings-touched-apps-text = Wie ze nu kan openen, houdt dat.
settings-touched-invitations = { $count ->
    [one] { $count } open uitnodiging komt in de wacht
   *[other] { $count } open uitnodigingen komen in de wacht
}
settings-touched-invitations-text = Achter de link staat dat de uitnodiging wacht. Ze werkt weer als de oorzaak weg is of een beheerder haar goedkeurt.
settings-touched-nobody = Vandaag raakt dit geen eigenaar, app of open uitnodiging.
