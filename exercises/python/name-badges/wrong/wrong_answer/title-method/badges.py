# str.title begins anew after every apostrophe.
def badge(name):
    return " ".join(name.title().split())
