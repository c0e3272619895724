
# Apps, voor beheerders.

admin-app = App
admin-app-all = Alle apps
admin-app-enterprise = Apps van de organisatie
admin-app-search = Apps zoeken
admin-app-sign-in = Inloggen
admin-app-is-enabled = Aan
admin-app-is-disabled = Uit
admin-app-of-three = { $count } van 3
admin-app-self-service-off = Zelfbeheer staat uit
admin-app-show-all = Alle
admin-app-show-on = Zelfbeheer aan
admin-app-show-ready = Klaar
admin-app-show-missing = Er ontbreekt iets
admin-app-show-off = Zelfbeheer uit
admin-app-none = Er zijn nog geen apps
admin-app-none-text = Voeg er een toe uit de catalogus, of een van jezelf.

admin-app-new = Nieuwe app
admin-app-new-text = Kies een bekende app of voeg er zelf een toe.
admin-app-search-catalogue = In de catalogus zoeken
admin-app-categories = Categorieën
admin-app-custom = Eigen app
admin-app-custom-text = Elke app met een webadres
admin-app-not-in-catalogue = Niet in de catalogus
admin-app-not-in-catalogue-text = Voeg hem toe als eigen app: een naam en een webadres zijn genoeg.
admin-app-new-from = Nieuwe app: { $app }
admin-app-new-intro = { $app } van { $publisher }, uit de catalogus. Pas aan wat in jouw organisatie anders heet.
admin-app-new-custom = Nieuwe eigen app
admin-app-new-custom-intro = Een app die niet in de catalogus staat
admin-app-new-next = Eenmalige aanmelding, zelfbeheer en mensen stel je hierna in.
admin-app-create = Maken
admin-app-created = { $app } is toegevoegd.

admin-app-title = { $app }: { $tab }
admin-app-kind-gallery = App uit de catalogus
admin-app-kind-custom = Eigen app
admin-app-open = Openen
admin-app-manage = Beheren
admin-app-overview = Overzicht
admin-app-properties = Eigenschappen
admin-app-single-sign-on = Eenmalige aanmelding
admin-app-self-service = Zelfbeheer
admin-app-users-and-groups = Gebruikers en groepen
admin-app-change = Wijzigen
admin-app-saved = Opgeslagen.
admin-app-direct-link = Directe link
admin-app-direct-link-text = Opent de app voor wie hem heeft; anderen loggen eerst in of accepteren hun uitnodiging.

admin-app-name = Naam
admin-app-description = Beschrijving
admin-app-description-hint = De eerste regel staat onder de naam op Mijn apps.
admin-app-collection = Verzameling
admin-app-collection-hint = De kop waaronder de app op Mijn apps staat.
admin-app-home-page = Adres van de startpagina
admin-app-home-page-hint = Waar de app opent. Begint met https:// of http://.
admin-app-enabled = Mogen gebruikers inloggen?
admin-app-enabled-hint = Zo niet, dan kan niemand de app openen en kan er niemand voor worden uitgenodigd.
admin-app-visible = Zichtbaar voor gebruikers?
admin-app-visible-hint = Zo niet, dan staat de app bij niemand op Mijn apps. De directe link blijft werken.
admin-app-assignment-required = Toewijzing vereist?
admin-app-assignment-required-hint = Zo niet, dan kan elke medewerker de app met de directe link openen. Gasten moeten altijd zijn toegewezen.
admin-app-logo = Logo
admin-app-logo-new = Nieuw logo
admin-app-logo-hint = PNG, JPEG, WebP of SVG, hoogstens 512 KiB. Vierkante plaatjes zien er het best uit.
admin-app-logo-too-large = Hoogstens 512 KiB. Dit plaatje is groter.
admin-app-logo-upload = Uploaden
admin-app-logo-saved = Het logo is opgeslagen.
admin-app-logo-remove = Logo verwijderen
admin-app-logo-removed = Het logo is verwijderd.
admin-app-logo-remove-heading = Het logo van { $app } verwijderen?
admin-app-logo-remove-text = De app krijgt het plaatje uit de catalogus terug, of een pictogram.
admin-app-delete = App verwijderen
admin-app-delete-heading = { $app } verwijderen?
admin-app-delete-text = Iedereen raakt de app meteen kwijt; toewijzingen en rollen worden verwijderd. Is er ooit iemand voor uitgenodigd, dan wordt de app uitgezet en verborgen, want uitnodigingen blijven altijd bewaard.
admin-app-delete-goes = Iedereen raakt de app meteen kwijt; toewijzingen en rollen worden verwijderd.
admin-app-delete-stays = Iedereen raakt de app meteen kwijt. Er zijn mensen voor uitgenodigd, en uitnodigingen blijven altijd bewaard: de app wordt uitgezet en verborgen.
admin-app-deleted = { $app } is verwijderd.
admin-app-disabled-instead = { $app } heeft uitnodigingen, en die blijven bewaard. De app is uitgezet en verborgen.

admin-app-single-sign-on-text = Hoe mensen van Mijn apps in de app komen.
admin-app-method-select = Kies een methode voor eenmalige aanmelding
admin-app-method-none = Niet ingesteld
admin-app-method-none-hint = Niemand kan de app openen zolang er geen methode is gekozen.
admin-app-method-linked = Gekoppeld
admin-app-method-linked-hint = Mijn apps opent de startpagina van de app; mensen loggen in bij de app zelf.
admin-app-method-opens = De app opent op

admin-app-ready = Eigenaren kunnen uitnodigen
admin-app-not-open = Eigenaren kunnen uitnodigen, maar niemand kan de app nog openen
admin-app-not-ready = { $count ->
    [one] Eigenaren kunnen nog niet uitnodigen: er ontbreekt één ding
   *[other] Eigenaren kunnen nog niet uitnodigen: er ontbreken { $count } dingen
}
admin-app-ready-of-three = { $count } van 3 gereed
admin-app-checklist-text = Zonder eenmalige aanmelding kan niemand de app openen; zonder iets van de rest krijgt de eigenaar geen “App beheren”.
admin-app-missing-of = Ontbreekt: { $missing } van { $all }
admin-app-step-tenant = Zelfbeheer van groepen staat aan
admin-app-step-group = Een beveiligingsgroep met een eigenaar
admin-app-step-app = De app is ingesteld voor zelfbeheer
admin-app-who = Een beheerder kan dit hier en nu in orde maken.
admin-app-who-group = Een beheerder kan dit in orde maken door een groep te kiezen.
admin-app-who-owner = Een beheerder kan dit in orde maken door de groep een eigenaar te geven.
admin-app-who-later = Hiervoor is eerst een groep met een eigenaar nodig.
admin-app-who-choose = Een beheerder kan dit in orde maken door een andere groep te kiezen.
admin-app-check-tenant = Eigenaren kunnen aanvragen voor groepslidmaatschap beheren in het Toegangsvenster: Ja
admin-app-check-tenant-missing = Eigenaren kunnen aanvragen voor groepslidmaatschap beheren in het Toegangsvenster: Nee
admin-app-check-group = { $group } is een beveiligingsgroep met toegewezen leden
admin-app-check-group-missing = Er is geen groep gekozen waaraan mensen worden toegevoegd
admin-app-check-owner = Eigendom van { $owners }
admin-app-check-owner-missing = { $group } heeft geen actieve eigenaar
admin-app-check-switch = Eigenaren beheren het lidmaatschap van { $group }
admin-app-check-switch-missing = “Eigenaren beheren het lidmaatschap” staat uit voor { $group }
admin-app-check-sign-on = Eenmalige aanmelding is ingesteld: { $method }
admin-app-check-sign-on-missing = Eenmalige aanmelding is niet ingesteld
admin-app-check-enabled = Gebruikers mogen inloggen
admin-app-check-enabled-missing = Gebruikers mogen niet inloggen
admin-app-check-self-service = Zelfbeheer staat aan; nieuwe mensen komen in { $group }
admin-app-check-self-service-missing = Zelfbeheer staat niet aan met een groep
admin-app-check-assigned = { $group } is toegewezen aan { $app }
admin-app-check-assigned-missing = { $group } is niet toegewezen aan { $app }, dus in de groep zitten opent niets
admin-app-check-owner-assigned = Een eigenaar van { $group } heeft { $app } op Mijn apps
admin-app-check-owner-assigned-missing = Geen eigenaar van { $group } heeft { $app } op Mijn apps
admin-app-detail-group = { $group } · eigendom van { $owners }
admin-app-detail-app = Eenmalige aanmelding: { $method } · nieuwe mensen komen in { $group }
admin-app-mend-tenant = Voor iedereen aanzetten
admin-app-mend-switch = Aanzetten
admin-app-mend-sign-on = Op Gekoppeld zetten
admin-app-mend-enabled = App aanzetten
admin-app-mend-self-service = Zelfbeheer aanzetten
admin-app-mend-group = Groep toewijzen
admin-app-mend-owner = { $owner } toewijzen
admin-app-mend-all = Doen wat ontbreekt
admin-app-mended = Gedaan.
admin-app-not-mended = Er is niets gewijzigd. { $reason }
admin-app-to-settings = Instellingen van de organisatie
admin-app-to-group = Groep openen
admin-app-obstacle-dynamic = { $group } heeft dynamische leden: een regel bepaalt wie erin zit
admin-app-obstacle-synced = { $group } wordt gesynchroniseerd: een andere directory bepaalt wie erin zit
admin-app-obstacle-collaboration = { $group } is een samenwerkingsgroep, geen beveiligingsgroep
admin-app-obstacle-no-owner = { $group } heeft geen eigenaar die kan uitnodigen
admin-app-reason-dynamic = een regel bepaalt wie erin zit
admin-app-reason-synced = een andere directory bepaalt wie erin zit
admin-app-reason-collaboration = het is een samenwerkingsgroep, geen beveiligingsgroep
admin-app-reason-no-owner = er is geen eigenaar die kan uitnodigen

admin-app-self-service-settings = Toegang via zelfbeheer
admin-app-owners-manage = Beheren eigenaren wie toegang heeft tot deze app?
admin-app-owners-manage-hint = Eigenaren van de groep hieronder krijgen “App beheren” op Mijn apps en kunnen gasten uitnodigen.
admin-app-target = Aan welke groep moeten toegewezen gebruikers worden toegevoegd?
admin-app-target-hint = Alleen beveiligingsgroepen met toegewezen leden en een eigenaar staan in de lijst.
admin-app-target-none = Geen groep
admin-app-target-unsuitable = { $group } (voldoet niet meer)
admin-app-opens-more = Ik heb gelezen welke andere apps deze groep opent, en wil dat mensen die ook krijgen
admin-app-filling = Ik heb gelezen via welke apps mensen in deze groep komen, en wil dat zij ook deze app krijgen
admin-app-unsuitable = Groepen die niet gekozen kunnen worden
admin-app-unsuitable-text = Elk met de reden.
admin-app-unsuitable-more = { $count ->
    [one] en nog { $count }
   *[other] en nog { $count }
}

admin-app-set-up = Zelfbeheer instellen
admin-app-set-up-text = Doet in één keer alles wat ontbreekt, en laat wat er al is zoals het is.
admin-app-set-up-find = Wie moet de toegang beheren?
admin-app-set-up-find-hint = Zoek een collega op naam of adres en selecteer de persoon.
admin-app-set-up-owner = Eigenaar
admin-app-set-up-nobody = Geen actieve collega gevonden.
admin-app-set-up-group-kept = { $group } (zoals nu)
admin-app-set-up-group-new = Een nieuwe groep maken: { $app } access
admin-app-set-up-foot = Zet de schakelaars aan, maakt de persoon eigenaar van de groep en wijst beide toe aan de app.
admin-app-set-up-done = Zelfbeheer is ingesteld. Eigenaren kunnen uitnodigen.
admin-app-owner-needed = Zoek de persoon die de toegang moet beheren en selecteer die.

admin-app-users-and-groups-text = Wie deze app heeft. Wie in een toegewezen groep zit, heeft de app via die groep.
admin-app-add-user = Gebruiker toevoegen
admin-app-add-user-heading = Gebruikers en groepen toevoegen aan { $app }
admin-app-add-user-text = Zoek, selecteer, kies een rol en wijs toe.
admin-app-assignee = Naam
admin-app-assignee-kind = Soort
admin-app-assignee-user = Gebruiker
admin-app-assignee-group = Groep
admin-app-role = Rol
admin-app-role-default = Standaardtoegang
admin-app-nobody = Nog niemand heeft deze app
admin-app-nobody-text = Voeg een groep of een gebruiker toe, dan verschijnt de app op hun Mijn apps.
admin-app-unassign = { $name } verwijderen
admin-app-unassign-heading = { $name } verwijderen uit { $app }?
admin-app-unassign-text = { $name } raakt { $app } meteen kwijt, tenzij de app ook via een groep is gegeven.
admin-app-unassign-group-text = { $count ->
    [0] Er zit nu niemand in { $name }, dus niemand raakt { $app } kwijt.
    [one] { $count } persoon raakt { $app } meteen kwijt, tenzij die de app ook anders heeft.
   *[other] { $count } mensen raken { $app } meteen kwijt, tenzij ze de app ook anders hebben.
}
admin-app-unassign-target-text = { $count ->
    [0] Nieuwe mensen komen in deze groep: eigenaren kunnen niet meer uitnodigen.
    [one] Nieuwe mensen komen in deze groep: eigenaren kunnen niet meer uitnodigen, en { $count } open uitnodiging komt in de wacht.
   *[other] Nieuwe mensen komen in deze groep: eigenaren kunnen niet meer uitnodigen, en { $count } open uitnodigingen komen in de wacht.
}
admin-app-unassigned = De toewijzing is verwijderd.
admin-app-assign = Toewijzen
admin-app-assign-search = Gebruikers en groepen zoeken
admin-app-assign-none = Niemand gevonden
admin-app-assign-none-text = Probeer een deel van een naam of adres.
admin-app-assign-owners-add = De eigenaren bepalen wie erin zit
admin-app-assign-more = Je ziet de eerste resultaten. Zoek om anderen te vinden; wat je hebt geselecteerd, vervalt dan.
admin-app-assign-nobody = Selecteer minstens één gebruiker of groep.
admin-app-assign-gone = Wat je hebt geselecteerd is er niet meer. Zoek opnieuw.
admin-app-assigned-one = Er is één toewijzing toegevoegd.
admin-app-assigned = Er zijn { $count } toewijzingen toegevoegd.
admin-app-role-select = Kies een rol
admin-app-roles = Rollen
admin-app-roles-text = Wat een toewijzing behalve toegang nog kan zeggen. Zonder rollen heeft iedereen standaardtoegang.
admin-app-role-new = Nieuwe rol
admin-app-role-add = Rol toevoegen
admin-app-role-added = De rol { $role } is toegevoegd.
admin-app-role-remove = Rol { $role } verwijderen
admin-app-role-remove-heading = De rol { $role } verwijderen uit { $app }?
admin-app-role-remove-text = Niemand kan deze rol dan nog krijgen. Zolang een toewijzing hem heeft, kan hij niet worden verwijderd.
admin-app-role-removed = De rol is verwijderd.
