"""What is searched: public texts as PostgreSQL indexes them, and the words that are in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """A public text as it is searched. `brief` is what stands out in it, by which most is ranked; `whole` is all."""

    article = models.OneToOneField("library.Article", models.CASCADE, primary_key=True, related_name="+")
    edition = models.ForeignKey("library.Edition", models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    brief = SearchVectorField()
    whole = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["whole"], name="library_search")]


class KnownWord(models.Model):
    """A word of a public text, and the forms by which a slip of the hand finds it."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=40)
    near = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="a_word_once_in_a_language")]
        indexes = [GinIndex(fields=["near"], name="library_near_words")]
