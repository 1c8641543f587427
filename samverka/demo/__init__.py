"""The synthetic county: units, people and their stories, built by calling operations, never rows.

Every person here is invented. Towns, postal towns and health centres are real places; what is told
of them is not. Identity numbers come from the tax agency's test series, telephone numbers from the
series that the Swedish Post and Telecom Authority keeps free for books and films.
"""
