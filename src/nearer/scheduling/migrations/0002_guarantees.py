"""What may never happen, held by the database: overlaps, attendance that strays, changes that nobody hears of.

Nothing here needs an extension: `int8range(id, id, '[]')` is a range, and ranges bring their own GiST class.
"""

from __future__ import annotations

from django.db import migrations

OVERLAP = """
ALTER TABLE scheduling_appointment ADD CONSTRAINT a_therapist_is_in_one_place_at_a_time
    EXCLUDE USING gist (int8range(therapist_id, therapist_id, '[]') WITH &&, during WITH &&)
    WHERE (status IN ('held', 'confirmed'));

ALTER TABLE scheduling_attendance ADD CONSTRAINT an_attendance_follows_its_appointment
    FOREIGN KEY (appointment_id, session, status) REFERENCES scheduling_appointment (id, session, status)
    ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE scheduling_attendance ADD CONSTRAINT a_client_is_in_one_place_at_a_time
    EXCLUDE USING gist (int8range(client_id, client_id, '[]') WITH &&, session WITH &&)
    WHERE (status IN ('held', 'confirmed'));
"""

NO_OVERLAP = """
ALTER TABLE scheduling_attendance DROP CONSTRAINT a_client_is_in_one_place_at_a_time;
ALTER TABLE scheduling_attendance DROP CONSTRAINT an_attendance_follows_its_appointment;
ALTER TABLE scheduling_appointment DROP CONSTRAINT a_therapist_is_in_one_place_at_a_time;
"""

# All diaries' weeks side by side on one line of minutes, 10080 for each: one range says whose and when.
HOURS = """
ALTER TABLE scheduling_hours ADD CONSTRAINT hours_of_a_weekday_do_not_overlap
    EXCLUDE USING gist (int8range(diary_id * 10080 + weekday * 1440 + start_minute,
                                  diary_id * 10080 + weekday * 1440 + end_minute) WITH &&);
"""

NO_HOURS = "ALTER TABLE scheduling_hours DROP CONSTRAINT hours_of_a_weekday_do_not_overlap"

# A version says no more than "not what it was": the projection compares it for equality.
VERSION = """
CREATE SEQUENCE diary_version;
ALTER TABLE scheduling_diary SET (fillfactor = 70);

CREATE FUNCTION scheduling_diary_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := nextval('diary_version');
    RETURN NEW;
END $$;
CREATE TRIGGER a_new_diary_has_a_version BEFORE INSERT ON scheduling_diary
    FOR EACH ROW EXECUTE FUNCTION scheduling_diary_changed();
CREATE TRIGGER a_changed_diary_has_a_new_version
    BEFORE UPDATE OF time_zone, lead_days, horizon_days, increment_minutes, buffer_before_minutes, buffer_after_minutes,
                     weekly_new_clients, caseload_limit, caseload_elsewhere, paused_until ON scheduling_diary
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION scheduling_diary_changed();

CREATE FUNCTION scheduling_pages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version')
     WHERE therapist_id IN (SELECT diary_id FROM now_said);
    RETURN NULL;
END $$;
CREATE FUNCTION scheduling_pages_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version')
     WHERE therapist_id IN (SELECT diary_id FROM once_said);
    RETURN NULL;
END $$;
CREATE FUNCTION scheduling_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version')
     WHERE therapist_id IN (SELECT diary_id FROM now_said UNION SELECT diary_id FROM once_said);
    RETURN NULL;
END $$;

CREATE FUNCTION scheduling_appointment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version') WHERE therapist_id = NEW.therapist_id;
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_appointment_changes_its_diary AFTER INSERT ON scheduling_appointment
    FOR EACH ROW EXECUTE FUNCTION scheduling_appointment_changed();
CREATE TRIGGER a_changed_appointment_changes_its_diary AFTER UPDATE ON scheduling_appointment
    FOR EACH ROW WHEN ((OLD.status, OLD.during, OLD.session, OLD.is_intake)
                       IS DISTINCT FROM (NEW.status, NEW.during, NEW.session, NEW.is_intake))
    EXECUTE FUNCTION scheduling_appointment_changed();

CREATE FUNCTION scheduling_appointment_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version') WHERE therapist_id = OLD.therapist_id;
    RETURN NULL;
END $$;
CREATE TRIGGER a_lost_appointment_changes_its_diary AFTER DELETE ON scheduling_appointment
    FOR EACH ROW EXECUTE FUNCTION scheduling_appointment_gone();
"""

NO_VERSION = """
DROP TRIGGER a_lost_appointment_changes_its_diary ON scheduling_appointment;
DROP TRIGGER a_changed_appointment_changes_its_diary ON scheduling_appointment;
DROP TRIGGER a_new_appointment_changes_its_diary ON scheduling_appointment;
DROP TRIGGER a_changed_diary_has_a_new_version ON scheduling_diary;
DROP TRIGGER a_new_diary_has_a_version ON scheduling_diary;
DROP FUNCTION scheduling_appointment_gone();
DROP FUNCTION scheduling_appointment_changed();
DROP FUNCTION scheduling_pages_changed();
DROP FUNCTION scheduling_pages_removed();
DROP FUNCTION scheduling_pages_added();
DROP FUNCTION scheduling_diary_changed();
DROP SEQUENCE diary_version;
"""

PAGES = """
CREATE TRIGGER new_{table}_change_their_diary AFTER INSERT ON scheduling_{table}
    REFERENCING NEW TABLE AS now_said FOR EACH STATEMENT EXECUTE FUNCTION scheduling_pages_added();
CREATE TRIGGER lost_{table}_change_their_diary AFTER DELETE ON scheduling_{table}
    REFERENCING OLD TABLE AS once_said FOR EACH STATEMENT EXECUTE FUNCTION scheduling_pages_removed();
CREATE TRIGGER changed_{table}_change_their_diary AFTER UPDATE ON scheduling_{table}
    REFERENCING OLD TABLE AS once_said NEW TABLE AS now_said
    FOR EACH STATEMENT EXECUTE FUNCTION scheduling_pages_changed();
"""

NO_PAGES = """
DROP TRIGGER changed_{table}_change_their_diary ON scheduling_{table};
DROP TRIGGER lost_{table}_change_their_diary ON scheduling_{table};
DROP TRIGGER new_{table}_change_their_diary ON scheduling_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]

    operations = [
        migrations.RunSQL(OVERLAP, NO_OVERLAP),
        migrations.RunSQL(HOURS, NO_HOURS),
        migrations.RunSQL(VERSION, NO_VERSION),
        *(
            migrations.RunSQL(PAGES.format(table=table), NO_PAGES.format(table=table))
            for table in ("hours", "hoursexception")
        ),
    ]
