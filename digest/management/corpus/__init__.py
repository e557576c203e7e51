"""An invented corpus in the shape of a real one, for tests of scale and for a desk to practise on.

``shape`` decides how much of everything there is, ``words`` holds the vocabulary, ``prose``, ``people`` and
``topics`` compose from it, ``writing`` lays a digest out as a seed file. Nothing here touches the database.
"""
