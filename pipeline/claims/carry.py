"""Times that a claim's own sentence leaves unsaid: carried over from the sentence before, or counted from the time told.

"Un an plus tôt, ses investisseurs l'estimaient à 13,8 milliards": the year before the time told last. A sentence that goes
on telling what happened keeps the time of the one before in its paragraph; a state in the present does not.
"""

from __future__ import annotations
