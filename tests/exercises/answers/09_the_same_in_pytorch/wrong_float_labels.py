# loses 09-dataset-tests: makes the labels floats
# told: the labels should be whole numbers

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        picture = torch.from_numpy(self.pictures[i]).permute(2, 0, 1).float()
        return picture / 255, float(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
