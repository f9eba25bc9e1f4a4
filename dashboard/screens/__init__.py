"""The screens, one file each; every one has a `render` function.

Not called `pages`: Streamlit runs files in a folder of that name by itself, past the banner and Hide screen.
"""
