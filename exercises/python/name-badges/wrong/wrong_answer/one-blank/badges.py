# Splits at one blank, so that several blanks leave empty words behind.
def badge(name):
    return " ".join(word.capitalize() for word in name.strip().split(" "))
