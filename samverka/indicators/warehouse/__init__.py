"""The warehouse: facts as Parquet files, engines that count over them, measures. No Django here.

What leaves the operational database leaves as facts about a pseudonym (`facts`); an engine counts them
(`engines`); a measure says what is counted (`measures`). Whole numbers come out, and everything that is
reckoned from them is reckoned in `rules`.
"""
