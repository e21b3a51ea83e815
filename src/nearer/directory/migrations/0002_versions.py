"""Every change to a therapist, or to a fact about them, raises `Therapist.version`: by whatever way it is made.

An update that changes nothing raises nothing, so taking in the same file twice makes no work for anyone.
"""

from __future__ import annotations

from django.db import migrations

FACTS = ("licence", "location", "service", "trait", "contract")

_THERAPIST = """
CREATE SEQUENCE directory_version;

CREATE FUNCTION directory_therapist_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := nextval('directory_version');
    RETURN NEW;
END $$;

CREATE TRIGGER a_new_therapist_has_a_version BEFORE INSERT ON directory_therapist
    FOR EACH ROW EXECUTE FUNCTION directory_therapist_changed();
CREATE TRIGGER a_changed_therapist_has_a_new_version BEFORE UPDATE ON directory_therapist
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION directory_therapist_changed();

CREATE FUNCTION directory_fact_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE directory_therapist SET version = nextval('directory_version')
         WHERE id IN (SELECT therapist_id FROM now_said);
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE directory_therapist SET version = nextval('directory_version')
         WHERE id IN (SELECT therapist_id FROM once_said);
    ELSE
        UPDATE directory_therapist SET version = nextval('directory_version')
         WHERE id IN (SELECT therapist_id FROM (TABLE now_said EXCEPT TABLE once_said) AS gained
                      UNION SELECT therapist_id FROM (TABLE once_said EXCEPT TABLE now_said) AS lost);
    END IF;
    RETURN NULL;
END $$;
"""

_NO_THERAPIST = """
DROP TRIGGER a_changed_therapist_has_a_new_version ON directory_therapist;
DROP TRIGGER a_new_therapist_has_a_version ON directory_therapist;
DROP FUNCTION directory_fact_changed();
DROP FUNCTION directory_therapist_changed();
DROP SEQUENCE directory_version;
"""

_FACT = """
CREATE TRIGGER a_new_{fact}_changes_its_therapist AFTER INSERT ON directory_{fact}
    REFERENCING NEW TABLE AS now_said FOR EACH STATEMENT EXECUTE FUNCTION directory_fact_changed();
CREATE TRIGGER a_changed_{fact}_changes_its_therapist AFTER UPDATE ON directory_{fact}
    REFERENCING OLD TABLE AS once_said NEW TABLE AS now_said
    FOR EACH STATEMENT EXECUTE FUNCTION directory_fact_changed();
CREATE TRIGGER a_lost_{fact}_changes_its_therapist AFTER DELETE ON directory_{fact}
    REFERENCING OLD TABLE AS once_said FOR EACH STATEMENT EXECUTE FUNCTION directory_fact_changed();
"""

_NO_FACT = """
DROP TRIGGER a_new_{fact}_changes_its_therapist ON directory_{fact};
DROP TRIGGER a_changed_{fact}_changes_its_therapist ON directory_{fact};
DROP TRIGGER a_lost_{fact}_changes_its_therapist ON directory_{fact};
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.RunSQL(_THERAPIST, _NO_THERAPIST),
        *(migrations.RunSQL(_FACT.format(fact=fact), _NO_FACT.format(fact=fact)) for fact in FACTS),
    ]
