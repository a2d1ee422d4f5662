def badge(name):
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
