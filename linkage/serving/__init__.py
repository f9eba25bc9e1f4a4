"""What is served to people outside: an HTTP API for projects and sister schemes, and pages for a phone.

What comes in goes to quarantine and nowhere else; what goes out passes the consent gate or was published already.
Top of the import order beside the command line: it calls the other rooms, and nothing calls it but `linkage serve`.
"""
