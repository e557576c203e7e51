"""Racing two people on one write path, and telling whether a text was lost on the way."""

import threading
from dataclasses import dataclass

from django.db import connection

from digest.models import EditSession, Note, NoteRevision


def at_once(*workers):
    """Run the workers in threads of their own, started together; their answers, or the first error."""
    barrier = threading.Barrier(len(workers))
    answers, errors = [None] * len(workers), []

    def run(number, worker):
        try:
            barrier.wait()
            answers[number] = worker()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return answers


@dataclass
class Tried:
    """One person's attempt. ``told`` is what they heard of a refusal, ``back`` every text that came back with it."""

    text: str
    accepted: bool
    told: str = ""
    back: str = ""


def texts_of(entry):
    """Every text of the entry that can still be read: the revisions, the working copies, the drafts."""
    found = set(NoteRevision.objects.filter(note__entry=entry).values_list("body", flat=True))
    found |= set(Note.objects.filter(entry=entry).values_list("body", flat=True))
    return found | set(EditSession.objects.filter(entry=entry).values_list("body", flat=True))


def lost(entry, tried):
    """What a round did wrong: accepted and then gone, refused without a word, refused and not given back.

    A working copy that is not the text of its last revision was written past the history.
    """
    kept = texts_of(entry)
    copies = Note.objects.filter(entry=entry, rev__gt=0)
    past = [note for note in copies if note.body != note.revisions.get(rev=note.rev).body]
    found = [f"written past the history: {note.body}" for note in past]
    found += [f"overwritten: {one.text}" for one in tried if one.accepted and one.text not in kept]
    found += [f"untold: {one.text}" for one in tried if not one.accepted and not one.told]
    return found + [
        f"not given back: {one.text}"
        for one in tried
        if not one.accepted and one.text not in one.back and one.text not in kept
    ]
