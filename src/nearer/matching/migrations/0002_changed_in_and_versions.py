"""What the projection asks of PostgreSQL itself: who changed a row last, what vanished, and whose projection is out of date."""

from __future__ import annotations

from django.db import migrations

CHANGED_IN = """
CREATE FUNCTION matching_set_changed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END
$$;
CREATE TRIGGER matching_candidate_changed_in BEFORE INSERT OR UPDATE ON matching_candidate
    FOR EACH ROW EXECUTE FUNCTION matching_set_changed_in();
"""

NO_CHANGED_IN = """
DROP TRIGGER matching_candidate_changed_in ON matching_candidate;
DROP FUNCTION matching_set_changed_in();
"""

# A pool learns of changed rows by `changed_in`, of vanished ones by this count: then it reads itself anew.
DELETIONS = """
CREATE TABLE matching_deletions (one boolean PRIMARY KEY DEFAULT true CHECK (one), count bigint NOT NULL);
INSERT INTO matching_deletions (count) VALUES (0);
CREATE FUNCTION matching_count_deletions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_deletions SET count = count + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER matching_candidate_deletions AFTER DELETE OR TRUNCATE ON matching_candidate
    FOR EACH STATEMENT EXECUTE FUNCTION matching_count_deletions();
"""

NO_DELETIONS = """
DROP TRIGGER matching_candidate_deletions ON matching_candidate;
DROP FUNCTION matching_count_deletions();
DROP TABLE matching_deletions;
"""

# Reads two columns of other rooms by name, as a foreign key does. A therapist without a diary has
# diary version -1. Who has no candidate has nothing that could go out of date from one day to the next.
VERSIONS = """
CREATE VIEW matching_versions AS
SELECT therapist.id AS therapist_id,
       therapist.version AS directory_version,
       COALESCE(diary.version, -1) AS diary_version,
       projection.directory_version AS made_from_directory,
       projection.diary_version AS made_from_diary,
       CASE WHEN EXISTS (SELECT FROM matching_candidate AS candidate WHERE candidate.therapist_id = therapist.id)
            THEN projection.made_for END AS made_for
FROM directory_therapist AS therapist
LEFT JOIN scheduling_diary AS diary ON diary.therapist_id = therapist.id
LEFT JOIN matching_projection AS projection ON projection.therapist_id = therapist.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("directory", "0001_initial"),
        ("scheduling", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(CHANGED_IN, NO_CHANGED_IN),
        migrations.RunSQL(DELETIONS, NO_DELETIONS),
        migrations.RunSQL(VERSIONS, "DROP VIEW matching_versions"),
    ]
