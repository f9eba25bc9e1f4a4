"""The screens, one file each; every one has a `render` function."""
