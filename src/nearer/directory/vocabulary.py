"""The closed vocabularies of the directory: a code that is stored, a label that people read.

A code's place in its vocabulary is its bit in the matching pool, so codes are only ever appended.
"""

from __future__ import annotations

from collections.abc import Mapping

import us
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Vocabulary = Mapping[str, Promise]

#: The 50 states, the District of Columbia and the territories that license therapists.
JURISDICTIONS: Mapping[str, str] = {
    **{state.abbr: state.name for state in (*us.STATES, us.states.DC)},
    **{state.abbr: state.name for state in us.TERRITORIES},
}

#: The clock of each jurisdiction's capital: what is taken for someone who did not say otherwise.
TIME_ZONES: Mapping[str, str] = {
    state.abbr: state.capital_tz or "UTC" for state in (*us.STATES, us.states.DC, *us.TERRITORIES)
}

SERVICES: Vocabulary = {
    "individual": _("Individual therapy"),
    "couples": _("Couples therapy"),
    "family": _("Family therapy"),
}

MODALITIES: Vocabulary = {
    "telehealth": _("By video"),
    "in_person": _("In person"),
}

#: Age in whole years on the day of the session: code -> (from, up to and including).
AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "child": (0, 12),
    "teen": (13, 17),
    "adult": (18, 64),
    "older": (65, 130),
}

AGES: Vocabulary = {
    "child": _("Children (12 and under)"),
    "teen": _("Teenagers (13 to 17)"),
    "adult": _("Adults (18 to 64)"),
    "older": _("Older adults (65 and over)"),
}

LICENCES: Vocabulary = {
    "psychologist": _("Psychologist"),
    "clinical_social_worker": _("Clinical social worker"),
    "marriage_family_therapist": _("Marriage and family therapist"),
    "professional_counselor": _("Professional counselor"),
    "psychiatrist": _("Psychiatrist"),
    "psychiatric_nurse": _("Psychiatric nurse practitioner"),
    "psychoanalyst": _("Psychoanalyst"),
    "compact_psypact": _("PSYPACT privilege"),
    "compact_counseling": _("Counseling Compact privilege"),
    "compact_social_work": _("Social Work Compact privilege"),
}

CONCERNS: Vocabulary = {
    "closeness": _("Letting people close"),
    "trust": _("Trusting others"),
    "abandonment": _("Fear of being left"),
    "communication": _("Talking about feelings and needs"),
    "conflict": _("Arguments that go in circles"),
    "affair": _("After an affair or broken trust"),
    "sexual_intimacy": _("Physical and sexual closeness"),
    "separation": _("Separation or divorce"),
    "commitment": _("Deciding whether to stay"),
    "loneliness": _("Loneliness"),
    "self_worth": _("Self-worth"),
    "childhood": _("Childhood and family history"),
    "trauma": _("Trauma"),
    "anxiety": _("Anxiety"),
    "low_mood": _("Low mood"),
    "grief": _("Grief and loss"),
    "anger": _("Anger"),
    "stress": _("Stress and burnout"),
    "life_change": _("A big change in life"),
    "parenting": _("Becoming or being a parent"),
    "sexuality_gender": _("Sexuality and gender"),
    "culture": _("Culture, race and belonging"),
    "alcohol_drugs": _("Alcohol or drugs"),
    "food_body": _("Food and body"),
    "illness": _("Living with an illness"),
    "obsessions": _("Obsessions and compulsions"),
}

APPROACHES: Vocabulary = {
    "eft": _("Emotionally focused therapy (EFT)"),
    "attachment": _("Attachment-based therapy"),
    "psychodynamic": _("Psychodynamic therapy"),
    "cbt": _("Cognitive behavioral therapy (CBT)"),
    "act": _("Acceptance and commitment therapy (ACT)"),
    "ibct": _("Integrative behavioral couple therapy"),
    "gottman": _("Gottman method"),
    "schema": _("Schema therapy"),
    "ifs": _("Internal family systems (IFS)"),
    "dbt": _("Dialectical behavior therapy (DBT)"),
    "emdr": _("EMDR"),
    "somatic": _("Body-based therapy"),
    "person_centered": _("Person-centered therapy"),
    "interpersonal": _("Interpersonal therapy"),
    "mindfulness": _("Mindfulness-based therapy"),
    "family_systems": _("Family systems therapy"),
    "narrative": _("Narrative therapy"),
    "solution_focused": _("Solution-focused therapy"),
    "sex_therapy": _("Sex therapy"),
    "psychoanalysis": _("Psychoanalysis"),
}

STYLES: Vocabulary = {
    "gentle": pgettext_lazy("a therapist's style", "Gentle"),
    "direct": pgettext_lazy("a therapist's style", "Direct"),
    "structured": pgettext_lazy("a therapist's style", "Structured, with exercises"),
    "exploring": pgettext_lazy("a therapist's style", "Exploring, at your pace"),
    "past": pgettext_lazy("a therapist's style", "Looks at where it comes from"),
    "present": pgettext_lazy("a therapist's style", "Looks at what helps now"),
    "feelings": pgettext_lazy("a therapist's style", "Works with feelings"),
    "thoughts": pgettext_lazy("a therapist's style", "Works with thoughts"),
}

LANGUAGES: Vocabulary = {
    "en": _("English"),
    "es": _("Spanish"),
    "zh": _("Chinese"),
    "vi": _("Vietnamese"),
    "tl": _("Tagalog"),
    "ko": _("Korean"),
    "ar": _("Arabic"),
    "fr": _("French"),
    "ht": _("Haitian Creole"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "de": _("German"),
    "hi": _("Hindi"),
    "ur": _("Urdu"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "he": _("Hebrew"),
    "uk": _("Ukrainian"),
    "bn": _("Bengali"),
    "so": _("Somali"),
    "am": _("Amharic"),
    "hy": _("Armenian"),
    "ase": _("American Sign Language"),
}

#: What a therapist chose to say of themselves; never inferred.
IDENTITIES: Vocabulary = {
    "woman": _("A woman"),
    "man": _("A man"),
    "nonbinary": _("Nonbinary"),
    "transgender": _("Transgender"),
    "lgbtq": _("LGBTQ+"),
    "asian": _("Asian"),
    "black": _("Black"),
    "latino": _("Latina, Latino or Latine"),
    "middle_eastern": _("Middle Eastern or North African"),
    "native": _("Native American or Indigenous"),
    "pacific": _("Pacific Islander"),
    "white": _("White"),
    "buddhist": _("Buddhist"),
    "christian": _("Christian"),
    "hindu": _("Hindu"),
    "jewish": _("Jewish"),
    "muslim": _("Muslim"),
    "secular": _("Not religious"),
    "disabled": _("Lives with a disability"),
    "immigrant": _("Immigrant or child of immigrants"),
    "veteran": _("Veteran"),
    "parent": _("A parent"),
}

#: What an identity is about. Of two from one dimension either will do to who asks for both; of two from two
#: dimensions both are meant: a woman, and Black. Every identity is in exactly one.
IDENTITY_DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "gender": ("woman", "man", "nonbinary", "transgender"),
    "origin": ("asian", "black", "latino", "middle_eastern", "native", "pacific", "white"),
    "faith": ("buddhist", "christian", "hindu", "jewish", "muslim", "secular"),
    "life": ("lgbtq", "disabled", "immigrant", "veteran", "parent"),
}

#: The kinds of trait a therapist may state, each with its vocabulary.
TRAITS: Mapping[str, Vocabulary] = {
    "concern": CONCERNS,
    "approach": APPROACHES,
    "style": STYLES,
    "language": LANGUAGES,
    "identity": IDENTITIES,
}


def bit(vocabulary: Mapping[str, object], code: str) -> int:
    """Return the place of `code` in its vocabulary: its bit in a mask.

    :raises KeyError: the vocabulary has no such code.
    """
    try:
        return list(vocabulary).index(code)
    except ValueError:
        raise KeyError(code) from None


def mask(vocabulary: Mapping[str, object], codes: list[str] | tuple[str, ...] | frozenset[str] | set[str]) -> int:
    """Return the codes as bits of one integer; codes that the vocabulary lacks are refused with KeyError."""
    return sum(1 << bit(vocabulary, code) for code in set(codes))
