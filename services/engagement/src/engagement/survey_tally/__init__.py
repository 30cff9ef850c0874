"""Running figures of surveys: each response is folded into counts of its answers, and of pairs of them, so that results
cost the same for ten responses and for a million.

News of a response only marks it. A loop takes marked responses by the hundred, takes out of the figures what each had
put there, and adds what it says now; so news may come twice, late or in any order. A recount forgets all figures of a
survey and marks all its responses.
"""
