"""Booked times, visits, stays and referrals: received from record systems, or noted here by a unit."""
