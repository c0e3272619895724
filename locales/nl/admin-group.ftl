# Groepen, voor beheerders.

admin-group = Groep
admin-group-all = Groepen - Alle groepen
admin-group-intro = Groepen geven mensen apps; eigenaren houden ze bij.
admin-group-search = Groepen zoeken
admin-group-guests = Gasten
admin-group-opens = Opent
admin-group-ownerless = Niemand beheert deze groep
admin-group-none = Er zijn nog geen groepen
admin-group-none-text = Voor zelfbeheer is een groep met een eigenaar nodig.
admin-group-new = Nieuwe groep
admin-group-new-next = Eigenaren en leden voeg je hierna toe.
admin-group-create = Maken
admin-group-created = De groep { $group } is gemaakt. Voeg nu een eigenaar toe.

admin-group-title = { $group }: { $tab }
admin-group-manage = Beheren
admin-group-properties = Eigenschappen
admin-group-owners = Eigenaren
admin-group-members = Leden
admin-group-type = Groepstype
admin-group-type-security = Beveiliging
admin-group-type-security-hint = Geeft toegang tot apps; voor zelfbeheer is er zo een nodig.
admin-group-type-collaboration = Samenwerking
admin-group-type-collaboration-hint = Voor mensen die samenwerken; kan niet de groep van zelfbeheer zijn.
admin-group-name = Groepsnaam
admin-group-description = Groepsbeschrijving
admin-group-membership = Lidmaatschapstype
admin-group-assigned-hint = Eigenaren en beheerders voegen mensen met de hand toe; gasten kunnen worden uitgenodigd.
admin-group-dynamic-hint = Een regel bepaalt wie erin zit. Met de hand toevoegen kan niet, en gasten komen er nooit in.
admin-group-rule = Regel voor dynamisch lidmaatschap
admin-group-rule-hint = Een expressie over de kenmerken van medewerkers, die waar is voor wie in de groep hoort.
admin-group-preview = Voorbeeld
admin-group-preview-assigned = Kies Dynamisch om een regel te proberen.
admin-group-preview-count = { $count ->
    [0] Niemand voldoet aan deze regel.
    [one] Eén persoon voldoet aan deze regel:
   *[other] { $count } mensen voldoen aan deze regel:
}
admin-group-attributes = Kenmerken en voorbeelden
admin-group-attribute-kind = Soort: medewerker
admin-group-attribute-domain = Domein van het adres
admin-group-attribute-department = Afdeling
admin-group-attribute-job_title = Functie
admin-group-attribute-country = Land
admin-group-attribute-company = Bedrijf
admin-group-own-switch = Eigenaren beheren het lidmaatschap
admin-group-own-switch-hint = De eigen schakelaar van deze groep. Die telt zolang eigenaren van de organisatie groepen mogen beheren.
admin-group-saved = De groep is opgeslagen.
admin-group-unfinished = Er wordt bepaald wie aan de regel voldoet.
admin-group-unfinished-text = Over een paar seconden zitten alleen die mensen in de groep. Open de pagina tot dan opnieuw om te zien hoever het is.
admin-group-stale = Iemand heeft deze groep gewijzigd terwijl jij hem open had.
admin-group-in-the-way = Gasten en open uitnodigingen in deze groep
admin-group-in-the-way-text = Verwijder ze of trek hun uitnodiging in voordat het lidmaatschapstype verandert.
admin-group-synced = Deze groep wordt in een andere directory beheerd.
admin-group-synced-text = Naam, beschrijving en leden kunnen alleen daar worden gewijzigd.
admin-group-synced-from = Directory
admin-group-synced-at = Laatst gesynchroniseerd
admin-group-synced-never = Nooit

admin-group-owners-text = Eigenaren voegen mensen toe, verwijderen ze en nodigen gasten uit. Een eigenaar is daarmee nog geen lid.
admin-group-add-owners = Eigenaren toevoegen
admin-group-add-owners-heading = Eigenaren toevoegen aan { $group }
admin-group-add-owners-text = Zoek de gebruiker die de groep moet beheren en selecteer die. Gasten kunnen geen eigenaar zijn.
admin-group-no-owners = Niemand is eigenaar van deze groep
admin-group-no-owners-text = Voeg een eigenaar toe, dan kan de groep voor zelfbeheer worden gebruikt.
admin-group-remove = { $name } verwijderen
admin-group-owner-search = Gebruikers zoeken
admin-group-owner-none = Niemand gevonden
admin-group-owner-none-text = Alleen actieve medewerkers die nog geen eigenaar zijn staan in de lijst.
admin-group-owner-more = Je ziet de eerste resultaten. Zoek om anderen te vinden; wat je hebt geselecteerd, vervalt dan.
admin-group-owner-nobody = Selecteer minstens één gebruiker.
admin-group-owner-gone = Iemand die je hebt geselecteerd is er niet meer. Zoek opnieuw.
admin-group-select = Selecteren
admin-group-owners-added-one = Er is één eigenaar toegevoegd.
admin-group-owners-added = Er zijn { $count } eigenaren toegevoegd.
admin-group-owner-remove-heading = { $name } verwijderen als eigenaar van { $group }?
admin-group-owner-remove-text = { $name } kan dan niemand meer aan { $group } toevoegen en geen gasten meer uitnodigen. Open uitnodigingen van { $name } voor { $group } en de apps die de groep vult, komen in de wacht.
admin-group-owner-removed = De eigenaar is verwijderd.

admin-group-add-members = Leden toevoegen
admin-group-invited = { $count } uitgenodigd
admin-group-closed = Hier kan niemand met de hand worden toegevoegd.
admin-group-empty = Nog niemand zit in deze groep
admin-group-empty-text = Wie wordt toegevoegd of een uitnodiging accepteert, verschijnt hier.

admin-group-delete = Groep verwijderen
admin-group-delete-text = Kan alleen als geen app de groep gebruikt en er nooit iemand voor is uitgenodigd.
admin-group-delete-heading = { $group } verwijderen?
admin-group-delete-effect = Met { $group } verdwijnt de lijst van leden en eigenaren. De mensen zelf blijven.
admin-group-delete-refused = { $group } kan niet worden verwijderd
admin-group-delete-stale = Er is niets verwijderd. Kijk nog eens voordat je verwijdert.
admin-group-deleted = De groep { $group } is verwijderd.
